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
    public async Task<Proposal?> MakeAsync(Application application, ProductionAddresses addresses, CancellationToken ct) =>
        await documents.FindAsync(application.SandboxClientId, ct) is { } tried
            ? await BuildAsync(application, tried, addresses, application.ProductionClientId ?? ClientDefaults.NewClientId(), ct) : null;

    /// <summary>Of the sandbox as it was when the request was made.</summary>
    public async Task<Proposal?> OfAsync(Application application, ProductionRequest request, CancellationToken ct) =>
        await documents.FindAsync(application.SandboxClientId, request.SandboxVersion, ct) is { } tried
            ? await BuildAsync(application, new StoredClient(tried, request.SandboxVersion), request.Addresses, request.ClientId, ct) : null;

    /// <summary>The caller commits.</summary>
    public Task<ApplicationOutcome?> WriteAsync(Proposal proposal, string? secret, AdminActor actor, CancellationToken ct) =>
        documents.WriteAsync(secret is null ? proposal.Client : proposal.Client with { Secrets = [defaults.NewSecret(secret)] }, proposal.LiveVersion, "application.live", actor.Name, ct);

    private async Task<Proposal> BuildAsync(Application application, StoredClient tried, ProductionAddresses addresses, string clientId, CancellationToken ct)
    {
        var live = await documents.FindAsync(application.ProductionClientId, ct);
        var client = copy.Of(tried.Client, addresses, clientId, live?.Client);
        var usesSecret = tried.Client.Secrets.Count > 0;
        // A secret of its own comes with the button; until then its place is kept, so that the rest can be judged.
        var complete = usesSecret && client.Secrets.Count == 0 ? client with { Secrets = [defaults.NewSecret(Grants.BearerSecret.New().Value)] } : client;
        return new Proposal(client, tried.Client, tried.Version, live?.Client, live?.Version ?? 0, documents.ProblemsOf(complete)) { UsesSecret = usesSecret };
    }
}

/// <param name="Problems">Why it could not be written.</param>
public sealed record Proposal(Client Client, Client Tried, int SandboxVersion, Client? Live, int LiveVersion, IReadOnlyList<ConfigurationError> Problems)
{
    public bool UsesSecret { get; init; }
}
