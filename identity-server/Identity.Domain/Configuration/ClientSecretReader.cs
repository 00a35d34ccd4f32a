using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>In a file for import a secret may be given in clear; it leaves here as its digest. What is stored holds digests only.</summary>
internal sealed class ClientSecretReader(TimeProvider clock, bool stored)
{
    public ClientSecret Read(ObjectReader json)
    {
        var digest = json.Text("sha256", ProblemOfDigest);
        var value = json.Text("value", ProblemOfValue);
        if (stored) json.Rule(!json.Has("value"), "value", "is a secret in clear; only its sha256 may be stored");
        if (json.Has("sha256") == json.Has("value"))
            json.Rule(json.Has("sha256") && !json.Has("value"), "sha256", "give either \"sha256\" (the digest) or \"value\" (the secret itself), not both");
        if (stored) json.Require("created_at");
        var secret = new ClientSecret(
            digest ?? (value is null ? "" : ClientSecret.DigestOf(value)),
            json.Text("description", t => NameRules.Display(t, 200)),
            json.Moment("created_at") ?? Now(),
            json.Moment("expires_at"));
        json.Rule(secret.ExpiresAt is not { } end || end > secret.CreatedAt, "expires_at", "must be later than created_at");
        return secret;
    }

    private static string? ProblemOfDigest(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? null : "must be a SHA-256 digest: 64 lower-case hexadecimal digits";

    // The message must not repeat the text: it would put a secret on a screen and into a log.
    private static string? ProblemOfValue(string text) =>
        text.Length is >= ClientSecret.MinLength and <= ClientSecret.MaxLength && text.All(c => c is > ' ' and <= '~')
            ? null : $"must be {ClientSecret.MinLength} to {ClientSecret.MaxLength} printable ASCII characters without spaces, made by a random generator";

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
}
