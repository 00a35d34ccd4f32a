using System.Text;
using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Server.Oidc.Authorize;

/// <summary>The <c>claims</c> parameter (OpenID Connect Core §5.5). Names that nobody knows are carried and never answered.</summary>
public sealed class ClaimsRequest
{
    public const int MaximumLength = 4_000;
    private const int MaximumClaims = 60;

    public static readonly ClaimsRequest Empty = new();

    public IReadOnlyDictionary<string, RequestedClaim> UserInfo { get; private init; } = new Dictionary<string, RequestedClaim>();
    public IReadOnlyDictionary<string, RequestedClaim> IdToken { get; private init; } = new Dictionary<string, RequestedClaim>();

    /// <summary>Null when the value is not a claims request.</summary>
    public static ClaimsRequest? Parse(string? json)
    {
        if (json is null) return Empty;
        // Strict: a half surrogate would be accepted here and throw where the text is asked for.
        if (json.Length > MaximumLength || !StrictJson.TryReadObject(Encoding.UTF8.GetBytes(json), out var root)) return null;
        return Section(root, "userinfo") is { } userInfo && Section(root, "id_token") is { } idToken
            ? new() { UserInfo = userInfo, IdToken = idToken }
            : null;
    }

    private static Dictionary<string, RequestedClaim>? Section(JsonElement root, string name)
    {
        var claims = new Dictionary<string, RequestedClaim>(StringComparer.Ordinal);
        if (!root.TryGetProperty(name, out var section) || section.ValueKind == JsonValueKind.Null) return claims;
        if (section.ValueKind != JsonValueKind.Object) return null;
        foreach (var claim in section.EnumerateObject())
        {
            if (claims.Count >= MaximumClaims || RequestedClaim.Read(claim.Value) is not { } requested || !claims.TryAdd(claim.Name, requested)) return null;
        }
        return claims;
    }
}

/// <param name="Values">Values the client would accept, <c>value</c> and <c>values</c> alike; empty when any will do.</param>
public sealed record RequestedClaim(bool Essential, IReadOnlyList<string> Values)
{
    private static readonly RequestedClaim Voluntary = new(false, []);

    internal static RequestedClaim? Read(JsonElement member)
    {
        if (member.ValueKind == JsonValueKind.Null) return Voluntary;
        if (member.ValueKind != JsonValueKind.Object) return null;
        var essential = member.TryGetProperty("essential", out var flag) && flag.ValueKind == JsonValueKind.True;
        var values = new List<string>();
        if (member.TryGetProperty("value", out var one) && one.ValueKind == JsonValueKind.String) values.Add(one.GetString()!);
        if (member.TryGetProperty("values", out var many) && many.ValueKind == JsonValueKind.Array)
            values.AddRange(many.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Take(20).Select(v => v.GetString()!));
        return new(essential, values);
    }
}
