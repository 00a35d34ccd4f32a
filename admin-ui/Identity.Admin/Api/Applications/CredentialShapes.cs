using System.Text.Json;
using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Admin.Api;

/// <param name="Method">How the client proves itself at the token endpoint.</param>
public sealed record ShownCredentials(string ClientId, int Version, ClientAuthenticationMethod Method, IReadOnlyList<ShownSecret> Secrets, IReadOnlyList<ShownKeyUse> KeyUses)
{
    /// <summary>Of the document's own; those behind an address are the application's.</summary>
    public IReadOnlyList<ShownKey> Keys { get; init; } = [];

    /// <summary>A change of how production proves itself waits for a second person.</summary>
    public bool Waits { get; init; }

    public string? JwksUri { get; init; }
    public JsonElement? Jwks { get; init; }

    public static ShownCredentials Of(KeyRing ring, bool waits) => new(ring.Client.ClientId, ring.Stored.Version, ring.Client.TokenEndpointAuthMethod,
        [.. ring.Secrets.Select(s => ShownSecret.Of(s, ring.Uses.GetValueOrDefault(s.Sha256)))], [.. ring.KeyUses.Select(u => new ShownKeyUse(u.Credential, u.LastUsedAt, u.Address))])
    {
        JwksUri = ring.Client.JwksUri, Jwks = ring.Client.Jwks, Keys = [.. ring.Keys.Select(k => new ShownKey(k.Mark) { Kid = k.KeyId, ExpiresAt = k.EndsAt })], Waits = waits,
    };
}

/// <param name="Digest">SHA-256 of the value, which is kept nowhere; the secret's name in addresses.</param>
public sealed record ShownSecret(string Digest, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To an hour; left out when it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The address that the application called from.</summary>
    public string? LastUsedFrom { get; init; }

    public static ShownSecret Of(ClientSecret secret, CredentialUse? use) => new(secret.Sha256, secret.CreatedAt) { ExpiresAt = secret.ExpiresAt, LastUsedAt = use?.LastUsedAt, LastUsedFrom = use?.Address };
}

/// <param name="Thumbprint">RFC 7638; the key's name in addresses.</param>
public sealed record ShownKey(string Thumbprint)
{
    public string? Kid { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}

public sealed record ShownKeyUse(string Kid, DateTimeOffset LastUsedAt, string? LastUsedFrom);

public sealed record MadeSecret(string Secret)
{
    public override string ToString() => "MadeSecret(***)";
}

/// <param name="PrivateKey">As a JWK (RFC 7517); the public half is registered.</param>
public sealed record MadeKey(JsonElement PrivateKey)
{
    /// <summary>It proves nothing before a second person has confirmed it.</summary>
    public bool Waits { get; init; }

    public override string ToString() => "MadeKey(***)";
}

/// <param name="At">Left out: now.</param>
/// <param name="ThoughUsedLately">Whoever still uses it is locked out.</param>
public sealed record CredentialToEnd(DateTimeOffset? At = null, bool ThoughUsedLately = false);

/// <summary>One of the two: keys that are public (a JWK or a set), or where they are.</summary>
/// <param name="ThoughUsedLately">Another kind of proof takes the place of one that is in use.</param>
public sealed record KeysToSet(string? JwksUri = null, JsonElement? Jwks = null, bool ThoughUsedLately = false);
