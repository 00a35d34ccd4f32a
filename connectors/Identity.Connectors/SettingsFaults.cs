namespace Identity.Connectors;

/// <summary>What can be wrong with the settings of connectors of more than one kind.</summary>
internal static class SettingsFaults
{
    public static SettingsFault IssuerIsNotHttps { get; } = new(
        "issuer phải là địa chỉ https không có phần truy vấn và phần sau dấu #.", "issuer must be an https address without query and fragment.");

    public static SettingsFault ResponseBytesOutOfRange { get; } = new("max_response_bytes phải từ 1 kB đến 4 MB.", "max_response_bytes must be between 1 kB and 4 MB.");
    public static SettingsFault CountryCodeShape { get; } = new("phone_country_code gồm một đến ba chữ số.", "phone_country_code is one to three digits.");

    public static SettingsFault IsMissing(string members) => new($"{members} bắt buộc phải có nhưng đang thiếu.", $"{members} must be given.");
    public static SettingsFault IsUnknown(string member) => new($"{member} không phải thành phần được dùng ở đây.", $"{member} is not a member that is known here.");

    public static SettingsFault IsUnreadable(string member) => new(
        $"{member} không đọc được: giá trị thuộc loại khác hoặc viết sai dạng.", $"{member} cannot be read: its value is of another kind, or is not written as it should be.");

    public static SettingsFault IsEmpty(string member) => new($"{member} không được để trống.", $"{member} must not be empty.");
    public static SettingsFault IsNotHttps(string member) => new($"{member} phải là địa chỉ https đầy đủ.", $"{member} must be an absolute https address.");
}
