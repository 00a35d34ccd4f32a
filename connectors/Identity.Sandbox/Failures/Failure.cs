namespace Identity.Sandbox.Failures;

public enum Failure
{
    None, Slow, Down, WrongSignature, WrongIssuer, WrongAudience, WrongNonce, StaleIat,
    ReplayedCode, MissingClaim, NoEmail, LevelTooLow, Malformed, UserCancels,
}

/// <summary>A failure as the form, the control page and the tests name it.</summary>
public sealed record FailureEntry(Failure Failure, string Name, string Vi, string En);

public static class FailureCatalog
{
    public static IReadOnlyList<FailureEntry> All { get; } =
    [
        new(Failure.None, "none", "Không có lỗi", "Nothing goes wrong"),
        new(Failure.Slow, "slow", "Cổng lấy token trả lời rất chậm", "The token endpoint answers very late"),
        new(Failure.Down, "down", "Hệ thống định danh ngừng hoạt động (503)", "The provider is down (503)"),
        new(Failure.WrongSignature, "wrong_signature", "ID token ký bằng khóa lạ", "ID token signed by a foreign key"),
        new(Failure.WrongIssuer, "wrong_issuer", "ID token của nơi phát hành khác", "ID token from another issuer"),
        new(Failure.WrongAudience, "wrong_audience", "ID token dành cho ứng dụng khác", "ID token meant for another client"),
        new(Failure.WrongNonce, "wrong_nonce", "ID token có nonce khác", "ID token with another nonce"),
        new(Failure.StaleIat, "stale_iat", "ID token cũ một giờ, đã hết hạn", "ID token one hour old and expired"),
        new(Failure.ReplayedCode, "replayed_code", "Mã bị coi là đã dùng (invalid_grant)", "The code counts as used (invalid_grant)"),
        new(Failure.MissingClaim, "missing_claim", "Thiếu HoVaTen, SoDinhDanh, TechID", "HoVaTen, SoDinhDanh and TechID are missing"),
        new(Failure.NoEmail, "no_email", "Không có thư điện tử", "No e-mail address"),
        new(Failure.LevelTooLow, "level_too_low", "Tài khoản chỉ ở mức độ 01", "The account is at level 01 only"),
        new(Failure.Malformed, "malformed", "Userinfo không phải JSON", "Userinfo is not JSON"),
        new(Failure.UserCancels, "user_cancels", "Người dùng hủy (access_denied)", "The person cancels (access_denied)"),
    ];

    public static FailureEntry? Find(string? name) =>
        All.FirstOrDefault(f => f.Name == (string.IsNullOrEmpty(name) ? "none" : name));

    public static FailureEntry Entry(this Failure failure) => All.First(f => f.Failure == failure);
}
