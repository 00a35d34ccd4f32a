using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>The document that would go live, from what was tried and what is live now.</summary>
public sealed class ProductionProposals(IdentityDb db, ClientDocuments documents, ClientDefaults defaults, ProductionCopy copy, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Task<ProductionRequest?> PendingAsync(Guid applicationId, CancellationToken ct) =>
        db.ProductionRequests.SingleOrDefaultAsync(r => r.ApplicationId == applicationId && (r.State == RequestState.Open || r.State == RequestState.Approved), ct);

    /// <summary>Of the sandbox as it is now.</summary>
    public async Task<Proposal?> MakeAsync(Application application, ProductionAddresses addresses, ProductionKey? key, CancellationToken ct) =>
        await documents.FindAsync(application.SandboxClientId, ct) is { } tried
            ? await BuildAsync(application, new(tried, addresses, application.ProductionClientId ?? ClientDefaults.NewClientId(), key), ct) : null;

    /// <summary>Of the sandbox as it was when the request was made.</summary>
    public async Task<Proposal?> OfAsync(Application application, ProductionRequest request, CancellationToken ct) =>
        await documents.FindAsync(application.SandboxClientId, request.SandboxVersion, ct) is { } tried
            ? await BuildAsync(application, new(new StoredClient(tried, request.SandboxVersion), request.Addresses, request.ClientId, request.Key), ct) : null;

    /// <summary>The caller commits.</summary>
    public Task<ApplicationOutcome?> WriteAsync(Proposal proposal, string? secret, AdminActor actor, CancellationToken ct) =>
        documents.WriteAsync(secret is null ? proposal.Client : proposal.Client with { Secrets = [defaults.NewSecret(secret)] }, proposal.LiveVersion, "application.live", actor.Name, ct);

    private async Task<Proposal> BuildAsync(Application application, Parts parts, CancellationToken ct)
    {
        var live = await documents.FindAsync(application.ProductionClientId, ct);
        var tried = parts.Tried;
        var client = copy.Of(tried.Client, parts.Addresses, parts.ClientId, live?.Client, parts.Key);
        var usesSecret = client.TokenEndpointAuthMethod is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost;
        // A secret of its own comes with the button; until then its place is kept, so that the rest can be judged.
        var complete = usesSecret && client.Secrets.Count == 0 ? client with { Secrets = [defaults.NewSecret(Grants.BearerSecret.New().Value)] } : client;
        return new Proposal(client, tried.Client, tried.Version, live?.Client, live?.Version ?? 0, documents.ProblemsOf(complete))
        {
            UsesSecret = usesSecret,
            // With what the sandbox is today: whoever works there holds that key.
            SharesKey = live is null && await documents.FindAsync(application.SandboxClientId, ct) is { } sandbox && ClientKey.IsShared(client, sandbox.Client),
        };
    }

    private sealed record Parts(StoredClient Tried, ProductionAddresses Addresses, string ClientId, ProductionKey? Key);
}

/// <param name="Problems">Why it could not be written.</param>
public sealed record Proposal(Client Client, Client Tried, int SandboxVersion, Client? Live, int LiveVersion, IReadOnlyList<ConfigurationError> Problems)
{
    public bool UsesSecret { get; init; }

    /// <summary>The first time, and it proves itself by a key.</summary>
    public bool NeedsKey => Live is null && Client.TokenEndpointAuthMethod == ClientAuthenticationMethod.PrivateKeyJwt;

    /// <summary>The first time, and with the sandbox.</summary>
    public bool SharesKey { get; init; }

    /// <summary>Of what was judged. What production proves itself with later is not part of it: that changes apart from requests, with a second person of its own.</summary>
    public string Digest => ProductionCopy.DigestOf(Live is null ? Client : Client with { TokenEndpointAuthMethod = ClientAuthenticationMethod.None, Jwks = null, JwksUri = null });
}
