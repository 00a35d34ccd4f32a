namespace Identity.Sandbox.Failures;

public enum Failure
{
    None, Slow, Down, WrongSignature, WrongIssuer, WrongAudience, WrongNonce, StaleIat,
    ReplayedCode, MissingClaim, NoEmail, LevelTooLow, Malformed, UserCancels,
    WrongKey, GarbageCode, IvMissing, PlainBody, Unauthorized,
}

/// <summary>Which way in can fail so.</summary>
[Flags]
public enum FailureOf
{
    OpenIdConnect = 1,
    VNeId = 2,
    Both = OpenIdConnect | VNeId,
}

/// <summary>A failure as the form, the control page and the tests name it.</summary>
public sealed record FailureEntry(Failure Failure, string Name, string Vi, string En, FailureOf Of = FailureOf.Both);

public static class FailureCatalog
{
    public static IReadOnlyList<FailureEntry> All { get; } =
    [
        new(Failure.None, "none", "Không có lỗi", "Nothing goes wrong"),
        new(Failure.Slow, "slow", "Cổng lấy token trả lời rất chậm", "The token endpoint answers very late"),
        new(Failure.Down, "down", "Hệ thống định danh ngừng hoạt động (503)", "The provider is down (503)"),
        new(Failure.WrongSignature, "wrong_signature", "ID token ký bằng khóa lạ", "ID token signed by a foreign key", FailureOf.OpenIdConnect),
        new(Failure.WrongIssuer, "wrong_issuer", "ID token của nơi phát hành khác", "ID token from another issuer", FailureOf.OpenIdConnect),
        new(Failure.WrongAudience, "wrong_audience", "ID token dành cho ứng dụng khác", "ID token meant for another client", FailureOf.OpenIdConnect),
        new(Failure.WrongNonce, "wrong_nonce", "ID token có nonce khác", "ID token with another nonce", FailureOf.OpenIdConnect),
        new(Failure.StaleIat, "stale_iat", "ID token cũ một giờ, đã hết hạn", "ID token one hour old and expired", FailureOf.OpenIdConnect),
        new(Failure.ReplayedCode, "replayed_code", "Mã bị coi là đã dùng (invalid_grant)", "The code counts as used (invalid_grant)"),
        new(Failure.MissingClaim, "missing_claim", "Thiếu họ tên, số định danh, mã người dùng", "Name, number and the person's identifier are missing"),
        new(Failure.NoEmail, "no_email", "Không có thư điện tử", "No e-mail address", FailureOf.OpenIdConnect),
        new(Failure.LevelTooLow, "level_too_low", "Tài khoản chỉ ở mức độ 01", "The account is at level 01 only"),
        new(Failure.Malformed, "malformed", "Userinfo không phải JSON", "Userinfo is not JSON"),
        new(Failure.UserCancels, "user_cancels", "Người dùng hủy (access_denied)", "The person cancels (access_denied)"),
        new(Failure.WrongKey, "wrong_key", "Mã hóa bằng khóa của nơi khác", "Encrypted for somebody else's key", FailureOf.VNeId),
        new(Failure.GarbageCode, "garbage_code", "Mã đăng nhập không giải mã được", "The code is garbage", FailureOf.VNeId),
        new(Failure.IvMissing, "iv_missing", "Thiếu vectơ khởi tạo ở câu trả lời token", "The token answer lacks its initialisation vector", FailureOf.VNeId),
        new(Failure.PlainBody, "plain_body", "Câu trả lời token không mã hóa", "The token answer is not encrypted", FailureOf.VNeId),
        new(Failure.Unauthorized, "unauthorized", "Mọi yêu cầu bị trả 401 (địa chỉ chưa được phép)", "401 to everything (address not on the list)", FailureOf.VNeId),
    ];

    public static IEnumerable<FailureEntry> At(FailureOf way) => All.Where(f => f.Of.HasFlag(way));

    public static FailureEntry? Find(string? name) =>
        All.FirstOrDefault(f => f.Name == (string.IsNullOrEmpty(name) ? "none" : name));

    public static FailureEntry Entry(this Failure failure) => All.First(f => f.Failure == failure);
}
