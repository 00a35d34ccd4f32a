using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What can be wrong with a client's secret. None repeats it: a message stands on screens and in logs.</summary>
internal static class SecretFaults
{
    public static LocalizedText StoredInClear { get; } = new("là khóa bí mật ở dạng đọc được; chỉ được lưu sha256 của nó", "is a secret in clear; only its sha256 may be stored");

    public static LocalizedText DigestOrValue { get; } = new(
        "cần đúng một trong hai: \"sha256\" (giá trị băm) hoặc \"value\" (chính khóa bí mật)", "give either \"sha256\" (the digest) or \"value\" (the secret itself), not both");

    public static LocalizedText EndsBeforeItBegins { get; } = new("phải muộn hơn created_at", "must be later than created_at");
    public static LocalizedText DigestShape { get; } = new("phải là giá trị băm SHA-256: 64 chữ số thập lục phân viết thường", "must be a SHA-256 digest: 64 lower-case hexadecimal digits");

    public static LocalizedText ValueShape(int least, int most) => new(
        $"phải có {least} đến {most} ký tự ASCII nhìn thấy được, không có khoảng trắng, do bộ sinh ngẫu nhiên tạo ra",
        $"must be {least} to {most} printable ASCII characters without spaces, made by a random generator");
}
