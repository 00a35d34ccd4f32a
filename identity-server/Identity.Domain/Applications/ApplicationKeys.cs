using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>What an application proves itself with. Two secrets or keys may live at once, so that a new one is in place before the old one goes.</summary>
public sealed class ApplicationKeys(IdentityDb db, ApplicationAccess access, ClientDocuments documents, ClientDefaults defaults, ConfigurationProposals proposals, TimeProvider clock)
{
    public const int MostSecrets = 2;

    /// <summary>A secret that was used since then is still in use somewhere.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    public Task<ApplicationOutcome> AddSecretAsync(AdminActor actor, KeyPlace place, CancellationToken ct) => ChangeAsync(actor, place, "application.secret_added", (client, _) =>
    {
        if (!SharesSecret(client)) return (null, ApplicationRefusal.WrongMethod);
        if (Live(client).Count() >= MostSecrets) return (null, ApplicationRefusal.TwoSecretsAlready);
        var value = BearerSecret.New().Value;
        return (new Changed(client with { Secrets = [.. client.Secrets.Where(s => s.IsValidAt(clock.GetUtcNow())), defaults.NewSecret(value)] }, value), null);
    }, ct);

    /// <summary>At once.</summary>
    /// <param name="force">Though it was used lately: whoever still holds it is locked out.</param>
    public Task<ApplicationOutcome> RevokeSecretAsync(AdminActor actor, KeyPlace place, string sha256, bool force, CancellationToken ct) => ChangeAsync(actor, place, "application.secret_revoked", (client, lately) =>
        Live(client).All(s => s.Sha256 != sha256) ? (null, ApplicationRefusal.NoSuchSecret)
        : Live(client).Count() == 1 ? (null, ApplicationRefusal.LastSecret)
        : lately.Contains(sha256) && !force ? (null, ApplicationRefusal.UsedLately)
        : (new Changed(client with { Secrets = [.. client.Secrets.Where(s => s.Sha256 != sha256)] }), null), ct);

    /// <summary>At a moment that everybody can prepare for.</summary>
    public Task<ApplicationOutcome> EndSecretAsync(AdminActor actor, KeyPlace place, string sha256, DateTimeOffset end, CancellationToken ct) => ChangeAsync(actor, place, "application.secret_deadline", (client, _) =>
        Live(client).All(s => s.Sha256 != sha256) ? (null, ApplicationRefusal.NoSuchSecret)
        : !IsDeadline(end) ? (null, ApplicationRefusal.TimeDoesNotFit)
        : (new Changed(client with { Secrets = [.. client.Secrets.Select(s => s.Sha256 == sha256 ? s with { ExpiresAt = end } : s)] }), null), ct);

    /// <summary>private_key_jwt with keys that the application publishes; it may change them whenever it likes.</summary>
    public Task<ApplicationOutcome> UseJwksUriAsync(AdminActor actor, KeyPlace place, string address, CancellationToken ct) =>
        ChangeAsync(actor, place, "application.jwks_uri", (client, lately) => Instead(place, client, lately, new Changed(WithKeys(client) with { JwksUri = address })), ct);

    /// <summary>private_key_jwt with a public key that was made elsewhere: one JWK, or a set. Beside the keys that are there.</summary>
    public Task<ApplicationOutcome> UseKeyAsync(AdminActor actor, KeyPlace place, string json, CancellationToken ct) => ChangeAsync(actor, place, "application.key_uploaded", (client, lately) =>
        NewKeys.Read(json) is { } keys ? Beside(place, client, lately, keys) : (null, ApplicationRefusal.KeyIsUnsound), ct);

    /// <summary>The same with a pair that is made here; the private half is shown once and kept nowhere.</summary>
    public Task<ApplicationOutcome> MakeKeyAsync(AdminActor actor, KeyPlace place, CancellationToken ct) =>
        ChangeAsync(actor, place, "application.key_made", (client, lately) => Beside(place, client, lately, NewKeys.Make()), ct);

    /// <summary>At once.</summary>
    /// <param name="force">Though it was used lately.</param>
    public Task<ApplicationOutcome> RetireKeyAsync(AdminActor actor, KeyPlace place, string mark, bool force, CancellationToken ct) => ChangeAsync(actor, place, "application.key_retired", (client, lately) =>
        Good(client).FirstOrDefault(k => k.Mark == mark) is not { } key ? (null, ApplicationRefusal.NoSuchSecret)
        : Good(client).Count() == 1 ? (null, ApplicationRefusal.LastSecret)
        // A signature may name no key: then any of them may have been it.
        : (lately.Contains(key.KeyId ?? "") || lately.Contains("")) && !force ? (null, ApplicationRefusal.UsedLately)
        : (new Changed(client with { Jwks = ClientKey.SetOf(ClientKey.Of(client).Where(k => k.Mark != mark)) }), null), ct);

    /// <summary>At a moment that everybody can prepare for; it stands in the key itself.</summary>
    public Task<ApplicationOutcome> EndKeyAsync(AdminActor actor, KeyPlace place, string mark, DateTimeOffset end, CancellationToken ct) => ChangeAsync(actor, place, "application.key_deadline", (client, _) =>
        Good(client).All(k => k.Mark != mark) ? (null, ApplicationRefusal.NoSuchSecret)
        : !IsDeadline(end) ? (null, ApplicationRefusal.TimeDoesNotFit)
        : (new Changed(client with { Jwks = ClientKey.SetOf(ClientKey.Of(client).Select(k => k.Mark == mark ? k.EndingAt(end) : k)) }), null), ct);

    /// <summary>Null for production until the first time.</summary>
    public async Task<KeyRing?> RingAsync(Application application, ClientEnvironment environment, CancellationToken ct) =>
        await documents.FindAsync(ClientOf(application, environment), ct) is { } stored
            ? new KeyRing(environment, stored, [.. Live(stored.Client)], await db.CredentialUses.AsNoTracking().Where(u => u.ClientId == stored.Client.ClientId).ToDictionaryAsync(u => u.Credential, ct))
            : null;

    private IEnumerable<ClientSecret> Live(Client client) => client.Secrets.Where(s => !ClientDefaults.IsTry(s) && s.IsValidAt(clock.GetUtcNow()));

    /// <param name="change">From the client, and the credentials that were used lately: digests of secrets and ids of keys.</param>
    private Task<ApplicationOutcome> ChangeAsync(AdminActor actor, KeyPlace place, string reason, Func<Client, IReadOnlyList<string>, (Changed?, ApplicationRefusal?)> change, CancellationToken ct) =>
        access.ChangeAsync(actor, place.ApplicationId, place.Environment == ClientEnvironment.Production ? ApplicationRights.Own : ApplicationRights.Develop, async reached =>
        {
            var (clientId, other) = (ClientOf(reached.Application, place.Environment), ClientOf(reached.Application, place.Environment == ClientEnvironment.Production ? ClientEnvironment.Sandbox : ClientEnvironment.Production));
            if (await documents.FindAsync(clientId, ct) is not { } stored) return ApplicationRefusal.NotThere;
            var since = clock.GetUtcNow() - Lately;
            var (changed, refusal) = change(stored.Client, await db.CredentialUses.Where(u => u.ClientId == clientId && u.LastUsedAt > since).Select(u => u.Credential).ToListAsync(ct));
            if (refusal is { } why) return why;
            if (await documents.FindAsync(other, ct) is { } beside && ClientKey.IsShared(changed!.Client, beside.Client) && !ClientKey.IsShared(stored.Client, beside.Client)) return ApplicationRefusal.KeyIsShared;
            if (place.Environment == ClientEnvironment.Production && LetsIn(stored.Client, changed!.Client)) return Propose(actor, place, stored, changed, reason);
            return await documents.WriteAsync(changed!.Client, place.Version, reason, actor.Name, ct) ?? new ApplicationOutcome.Done(place.ApplicationId, changed.Shown);
        }, ct);

    private ApplicationOutcome Propose(AdminActor actor, KeyPlace place, StoredClient stored, Changed changed, string reason)
    {
        if (documents.ProblemsOf(changed.Client) is { Count: > 0 } problems) return new ApplicationOutcome.Unsound(problems);
        if (stored.Version != place.Version) return ApplicationRefusal.ChangedMeanwhile;
        proposals.AddOfOwner(actor, new ItemKey(ConfigurationStore.ClientKind, stored.Client.ClientId), stored.Version, ConfigurationWriter.Write(changed.Client), reason);
        return new ApplicationOutcome.Done(place.ApplicationId, changed.Shown) { Waits = true };
    }

    /// <summary>
    /// Whoever can add a key alone can be the application alone: that takes a second person (M27). What only shuts something out does not wait
    /// for one, because a key that a stranger holds has to go at once; and a second secret is the application's own routine. A key whose time is
    /// over was let in once, and is not for good.
    /// </summary>
    private bool LetsIn(Client before, Client after) =>
        before.TokenEndpointAuthMethod != after.TokenEndpointAuthMethod || (after.JwksUri is not null && after.JwksUri != before.JwksUri)
        || Good(after).Select(k => k.Mark).Except(Good(before).Select(k => k.Mark), StringComparer.Ordinal).Any();

    /// <summary>Two are good while the application changes over. A first key takes the place of secrets or of an address.</summary>
    private (Changed?, ApplicationRefusal?) Beside(KeyPlace place, Client client, IReadOnlyList<string> lately, NewKeys keys) =>
        client is { TokenEndpointAuthMethod: ClientAuthenticationMethod.PrivateKeyJwt, Jwks: not null }
            ? (new Changed(client with { Jwks = ClientKey.SetOf([.. Good(client), .. ClientKey.Of(keys.Jwks)]) }, keys.Private), null)
            : Instead(place, client, lately, new Changed(WithKeys(client) with { Jwks = keys.Jwks }, keys.Private));

    private static (Changed?, ApplicationRefusal?) Instead(KeyPlace place, Client client, IReadOnlyList<string> lately, Changed changed) =>
        client.IsPublic ? (null, ApplicationRefusal.WrongMethod)
        : !place.Force && lately.Except(client.Secrets.Where(ClientDefaults.IsTry).Select(s => s.Sha256), StringComparer.Ordinal).Any() ? (null, ApplicationRefusal.UsedLately)
        : (changed, null);

    private IEnumerable<ClientKey> Good(Client client) => ClientKey.Of(client).Where(k => k.IsValidAt(clock.GetUtcNow()));

    private bool IsDeadline(DateTimeOffset end) => end > clock.GetUtcNow() && end <= clock.GetUtcNow() + ClientDefaults.SecretLifetime;

    private static string? ClientOf(Application application, ClientEnvironment environment) => environment == ClientEnvironment.Production ? application.ProductionClientId : application.SandboxClientId;

    private static bool SharesSecret(Client client) => client.TokenEndpointAuthMethod is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost;

    private static Client WithKeys(Client client) => client with { TokenEndpointAuthMethod = ClientAuthenticationMethod.PrivateKeyJwt, Secrets = [], Jwks = null, JwksUri = null };

    private sealed record Changed(Client Client, string? Shown = null);
}

/// <summary>Which client's keys, and the version of its document that the form was made from.</summary>
public sealed record KeyPlace(Guid ApplicationId, ClientEnvironment Environment, int Version)
{
    /// <summary>Put another kind of proof in the place of one that was used lately: whoever still goes by that one is locked out.</summary>
    public bool Force { get; init; }
}

/// <summary>What one client proves itself with.</summary>
/// <param name="Secrets">That are good now; the try-it page's own is not among them.</param>
/// <param name="Uses">When and from where each was last seen, by digest or key id.</param>
public sealed record KeyRing(ClientEnvironment Environment, StoredClient Stored, IReadOnlyList<ClientSecret> Secrets, IReadOnlyDictionary<string, CredentialUse> Uses)
{
    public Client Client => Stored.Client;
    public IReadOnlyList<ClientKey> Keys => ClientKey.Of(Client);

    /// <summary>A new key comes beside the others, instead of taking the place of something in use.</summary>
    public bool HasKeys => Client.Jwks is not null;

    /// <summary>Of keys: of everything that is no secret.</summary>
    public IEnumerable<CredentialUse> KeyUses => Uses.Values.Where(u => Client.Secrets.All(s => s.Sha256 != u.Credential));
}
