using System.Text.Encodings.Web;
using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Admin.TryIt;

/// <summary>What an application would have seen: the decoded answer with every check that it has to make, or the error.</summary>
public sealed record TryItResult
{
    // The page encodes it; here Vietnamese stays readable.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string? Error { get; private init; }
    public string? ErrorDescription { get; private init; }
    public IReadOnlyList<TryItCheck> Checks { get; private init; } = [];
    public string? Header { get; private init; }
    public string? IdToken { get; private init; }
    public string? UserInfo { get; private init; }

    /// <summary>The token endpoint's answer with the tokens themselves left out.</summary>
    public string? Answer { get; private init; }

    public bool Succeeded => Error is null && Checks.Count > 0 && Checks.All(c => c.Holds);

    public static TryItResult Failed(string error, string description) => new() { Error = error, ErrorDescription = description };

    /// <summary>OpenID Connect Core §3.1.3.7, §5.3.2; RFC 9207.</summary>
    public static TryItResult Of(JsonElement answer, JsonElement keys, JsonElement userinfo, TryItExpectation expected)
    {
        var compact = answer.TryGetProperty("id_token", out var token) ? token.GetString() ?? "" : "";
        var verified = JsonWebSignature.Verify(compact, (JsonWebKeySet.Read(keys) ?? JsonWebKeySet.Empty).Keys, JwsAlgorithms.All) as JwsResult.Verified;
        var claims = verified is not null && JwtClaims.TryRead(verified.Payload, out var read) ? read : null;
        return new TryItResult
        {
            Checks =
            [
                new("signature", verified is not null),
                new("iss", claims?.Issuer == expected.Issuer && expected.IssParameter == expected.Issuer),
                new("aud", claims?.Audiences is [var audience] && audience == expected.ClientId),
                new("nonce", claims is not null && claims.TryGetText("nonce", out var nonce) && nonce == expected.Nonce),
                new("exp", claims?.ExpiresAt > expected.Now),
                new("sub", claims?.Subject is { } subject && userinfo.TryGetProperty("sub", out var same) && same.GetString() == subject),
            ],
            Header = verified is null ? null : Write(new { alg = verified.Algorithm, kid = verified.KeyId, typ = verified.Type }),
            IdToken = verified is null ? null : Write(verified.Payload),
            UserInfo = Write(userinfo),
            Answer = Write(answer.EnumerateObject().ToDictionary(m => m.Name, m => m.Name.EndsWith("_token", StringComparison.Ordinal) ? "…" : m.Value.ToString())),
        };
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Readable);
}

public sealed record TryItCheck(string Name, bool Holds);

/// <param name="IssParameter">Of the authorization response.</param>
public sealed record TryItExpectation(string Issuer, string ClientId, string Nonce, string IssParameter, DateTimeOffset Now);
