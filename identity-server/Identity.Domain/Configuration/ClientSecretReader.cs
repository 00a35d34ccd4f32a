using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>In a file for import a secret may be given in clear; it leaves here as its digest. What is stored holds digests only.</summary>
internal sealed class ClientSecretReader(TimeProvider clock, bool stored)
{
    public ClientSecret Read(ObjectReader json)
    {
        var digest = json.Text("sha256", ProblemOfDigest);
        var value = json.Text("value", ProblemOfValue);
        if (stored) json.Rule(!json.Has("value"), "value", SecretFaults.StoredInClear);
        if (json.Has("sha256") == json.Has("value"))
            json.Rule(json.Has("sha256") && !json.Has("value"), "sha256", SecretFaults.DigestOrValue);
        if (stored) json.Require("created_at");
        var secret = new ClientSecret(
            digest ?? (value is null ? "" : ClientSecret.DigestOf(value)),
            json.Text("description", t => NameRules.Display(t, 200)),
            json.Moment("created_at") ?? Now(),
            json.Moment("expires_at"));
        json.Rule(secret.ExpiresAt is not { } end || end > secret.CreatedAt, "expires_at", SecretFaults.EndsBeforeItBegins);
        return secret;
    }

    private static LocalizedText? ProblemOfDigest(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? null : SecretFaults.DigestShape;

    private static LocalizedText? ProblemOfValue(string text) =>
        text.Length is >= ClientSecret.MinLength and <= ClientSecret.MaxLength && text.All(c => c is > ' ' and <= '~')
            ? null : SecretFaults.ValueShape(ClientSecret.MinLength, ClientSecret.MaxLength);

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
}
