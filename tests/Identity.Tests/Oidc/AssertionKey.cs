using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Identity.Tests.Oidc;

/// <summary>A client's own key, with which it writes whatever assertion a test asks for.</summary>
internal sealed class AssertionKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public JsonObject Jwks
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new JsonObject { ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = "ES256", ["kid"] = "key-1",
                ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
            }) };
        }
    }

    public static Dictionary<string, object> Header(params (string Name, object? Value)[] changes) =>
        Changed(new() { ["alg"] = "ES256", ["kid"] = "key-1" }, changes);

    /// <summary>A good assertion; a null value removes a claim.</summary>
    public static Dictionary<string, object> Claims(string clientId, string issuer, params (string Name, object? Value)[] changes) => Changed(new()
    {
        ["iss"] = clientId,
        ["sub"] = clientId,
        ["aud"] = issuer,
        ["jti"] = Guid.NewGuid().ToString(),
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["exp"] = DateTimeOffset.UtcNow.AddMinutes(2).ToUnixTimeSeconds(),
    }, changes);

    public string Sign(Dictionary<string, object> header, Dictionary<string, object> claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public static string Unsigned(Dictionary<string, object> claims) => $"{Encode(new() { ["alg"] = "none" })}.{Encode(claims)}.";

    /// <summary>The classic confusion: the public key, which everybody knows, as an HMAC secret.</summary>
    public string SignWithPublicKeyAsSecret(Dictionary<string, object> claims)
    {
        var signed = $"{Encode(new() { ["alg"] = "HS256", ["kid"] = "key-1" })}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(Dictionary<string, object> json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private static Dictionary<string, object> Changed(Dictionary<string, object> json, (string Name, object? Value)[] changes)
    {
        foreach (var (name, value) in changes)
            if (value is null) json.Remove(name);
            else json[name] = value;
        return json;
    }
}
