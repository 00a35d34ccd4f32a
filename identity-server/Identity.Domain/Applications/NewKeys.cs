using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Identity.Domain.Grants;

namespace Identity.Domain.Applications;

/// <summary>Keys on their way into a client's document.</summary>
/// <param name="Private">Of a pair that was made here: shown once, and kept nowhere.</param>
public sealed record NewKeys(JsonElement Jwks, string? Private = null)
{
    /// <summary>One JWK, or a set. Null when it is neither; whether the keys are sound, the document's rules say.</summary>
    public static NewKeys? Read(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object) return null;
            return new(parsed.RootElement.TryGetProperty("keys", out _) ? parsed.RootElement.Clone() : JsonSerializer.SerializeToElement(new { keys = new[] { parsed.RootElement } }));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static NewKeys Make()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (key, id) = (pair.ExportParameters(includePrivateParameters: true), BearerSecret.NewIdentifier());
        var members = new Dictionary<string, string>
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = id, ["use"] = "sig", ["alg"] = "ES256", ["x"] = Base64Url.EncodeToString(key.Q.X), ["y"] = Base64Url.EncodeToString(key.Q.Y),
        };
        var open = JsonSerializer.SerializeToElement(new { keys = new[] { members } });
        return new(open, JsonSerializer.Serialize(new Dictionary<string, string>(members) { ["d"] = Base64Url.EncodeToString(key.D) }));
    }

    public override string ToString() => "NewKeys";
}
