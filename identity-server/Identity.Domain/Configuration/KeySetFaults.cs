using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What <see cref="JwksRules"/> refuse.</summary>
internal static class KeySetFaults
{
    public static LocalizedText MustBeKeySet { get; } = new("phải là JWK Set: { \"keys\": [ … ] } có ít nhất một khóa", "must be a JWK Set: { \"keys\": [ … ] } with at least one key");
    public static LocalizedText KidsMustDiffer { get; } = new("có nhiều khóa nên mỗi khóa cần một \"kid\" khác nhau", "needs a different \"kid\" in each key, since there are several");
    public static LocalizedText MustBeObject { get; } = new("phải là một đối tượng", "must be an object");
    public static LocalizedText UseIsNotSig { get; } = new("có \"use\" khác \"sig\"", "has a \"use\" other than \"sig\"");
    public static LocalizedText NeedsPoint { get; } = new("cần \"x\" và \"y\" dài 32 byte dạng base64url", "needs \"x\" and \"y\" of 32 bytes in base64url");
    public static LocalizedText NeedsX { get; } = new("cần \"x\" dài 32 byte dạng base64url", "needs \"x\" of 32 bytes in base64url");
    public static LocalizedText NeedsModulus { get; } = new("cần \"n\" dài ít nhất 2048 bit và \"e\", dạng base64url", "needs \"n\" of at least 2048 bits and \"e\", in base64url");
    public static LocalizedText KindIsUnknown { get; } = new("phải có kty EC với crv P-256, OKP với Ed25519, hoặc RSA", "must be of kty EC with crv P-256, OKP with Ed25519, or RSA");

    public static LocalizedText HoldsPrivate(string member) => new(
        $"có thành phần riêng tư \"{member}\"; chỉ đăng ký khóa công khai, và coi như khóa riêng này đã bị lộ",
        $"holds the private member \"{member}\"; register the public key only, and treat this private key as known to others");

    /// <summary>The same of one key among several.</summary>
    public static LocalizedText OfKey(int index, LocalizedText fault) => new($"keys[{index}] {fault.Vi}", $"keys[{index}] {fault.En}");
}
