using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>What an application proves itself with. Two secrets may live at once, so that a new one is in place before the old one goes.</summary>
public sealed class ApplicationKeys(IdentityDb db, ApplicationAccess access, ClientDocuments documents, ClientDefaults defaults, TimeProvider clock)
{
    public const int MostSecrets = 2;

    /// <summary>A secret that was used since then is still in use somewhere.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    public Task<ApplicationOutcome> AddSecretAsync(AdminActor actor, KeyPlace place, CancellationToken ct) => ChangeAsync(actor, place, "application.secret_added", client =>
    {
        if (!SharesSecret(client)) return (null, ApplicationRefusal.WrongMethod);
        if (Live(client).Count() >= MostSecrets) return (null, ApplicationRefusal.TwoSecretsAlready);
        var value = BearerSecret.New().Value;
        return (new Changed(client with { Secrets = [.. client.Secrets.Where(s => s.IsValidAt(clock.GetUtcNow())), defaults.NewSecret(value)] }, value), null);
    }, ct);

    /// <summary>At once.</summary>
    /// <param name="force">Though it was used lately: whoever still holds it is locked out.</param>
    public async Task<ApplicationOutcome> RevokeSecretAsync(AdminActor actor, KeyPlace place, string sha256, bool force, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Lately;
        var used = await db.CredentialUses.AnyAsync(u => u.Credential == sha256 && u.LastUsedAt > since, ct);
        return await ChangeAsync(actor, place, "application.secret_revoked", client =>
            Live(client).All(s => s.Sha256 != sha256) ? (null, ApplicationRefusal.NoSuchSecret)
            : Live(client).Count() == 1 ? (null, ApplicationRefusal.LastSecret)
            : used && !force ? (null, ApplicationRefusal.UsedLately)
            : (new Changed(client with { Secrets = [.. client.Secrets.Where(s => s.Sha256 != sha256)] }), null), ct);
    }

    /// <summary>At a moment that everybody can prepare for.</summary>
    public Task<ApplicationOutcome> EndSecretAsync(AdminActor actor, KeyPlace place, string sha256, DateTimeOffset end, CancellationToken ct) => ChangeAsync(actor, place, "application.secret_deadline", client =>
        Live(client).All(s => s.Sha256 != sha256) ? (null, ApplicationRefusal.NoSuchSecret)
        : end <= clock.GetUtcNow() || end > clock.GetUtcNow() + ClientDefaults.SecretLifetime ? (null, ApplicationRefusal.TimeDoesNotFit)
        : (new Changed(client with { Secrets = [.. client.Secrets.Select(s => s.Sha256 == sha256 ? s with { ExpiresAt = end } : s)] }), null), ct);

    /// <summary>private_key_jwt with keys that the application publishes; it may change them whenever it likes.</summary>
    public Task<ApplicationOutcome> UseJwksUriAsync(AdminActor actor, KeyPlace place, string address, CancellationToken ct) =>
        ChangeAsync(actor, place, "application.jwks_uri", client => (new Changed(WithKeys(client) with { JwksUri = address }), null), ct);

    /// <summary>private_key_jwt with a public key that was made elsewhere: one JWK, or a set.</summary>
    public Task<ApplicationOutcome> UseKeyAsync(AdminActor actor, KeyPlace place, string json, CancellationToken ct) => ChangeAsync(actor, place, "application.key_uploaded", client =>
        NewKeys.Read(json) is { } keys ? (new Changed(WithKeys(client) with { Jwks = keys.Jwks }), null) : (null, ApplicationRefusal.KeyIsUnsound), ct);

    /// <summary>private_key_jwt with a pair that is made here; the private half is shown once and kept nowhere.</summary>
    public Task<ApplicationOutcome> MakeKeyAsync(AdminActor actor, KeyPlace place, CancellationToken ct) => ChangeAsync(actor, place, "application.key_made", client =>
    {
        var keys = NewKeys.Make();
        return (new Changed(WithKeys(client) with { Jwks = keys.Jwks }, keys.Private), null);
    }, ct);

    /// <summary>When and from where each was last seen, by digest or key id.</summary>
    public async Task<IReadOnlyDictionary<string, CredentialUse>> UsesAsync(string clientId, CancellationToken ct) =>
        await db.CredentialUses.AsNoTracking().Where(u => u.ClientId == clientId).ToDictionaryAsync(u => u.Credential, ct);

    public IEnumerable<ClientSecret> Live(Client client) => client.Secrets.Where(s => !ClientDefaults.IsTry(s) && s.IsValidAt(clock.GetUtcNow()));

    private Task<ApplicationOutcome> ChangeAsync(AdminActor actor, KeyPlace place, string reason, Func<Client, (Changed?, ApplicationRefusal?)> change, CancellationToken ct) =>
        access.ChangeAsync(actor, place.ApplicationId, place.Environment == ClientEnvironment.Production ? ApplicationRights.Own : ApplicationRights.Develop, async reached =>
        {
            var (tried, live) = (reached.Application.SandboxClientId, reached.Application.ProductionClientId);
            var (clientId, other) = place.Environment == ClientEnvironment.Production ? (live, tried) : (tried, live);
            if (await documents.FindAsync(clientId, ct) is not { } stored) return ApplicationRefusal.NotThere;
            var (changed, refusal) = change(stored.Client);
            if (refusal is { } why) return why;
            if (await documents.FindAsync(other, ct) is { } beside && ClientKey.IsShared(changed!.Client, beside.Client) && !ClientKey.IsShared(stored.Client, beside.Client)) return ApplicationRefusal.KeyIsShared;
            return await documents.WriteAsync(changed!.Client, place.Version, reason, actor.Name, ct) ?? new ApplicationOutcome.Done(place.ApplicationId, changed.Shown);
        }, ct);

    private static bool SharesSecret(Client client) => client.TokenEndpointAuthMethod is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost;

    private static Client WithKeys(Client client) => client with { TokenEndpointAuthMethod = ClientAuthenticationMethod.PrivateKeyJwt, Secrets = [], Jwks = null, JwksUri = null };

    private sealed record Changed(Client Client, string? Shown = null);
}

/// <summary>Which client's keys, and the version of its document that the form was made from.</summary>
public sealed record KeyPlace(Guid ApplicationId, ClientEnvironment Environment, int Version);
