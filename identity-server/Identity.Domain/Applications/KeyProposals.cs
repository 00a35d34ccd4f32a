using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>
/// New proofs of production on their way to a second person: another owner here, or whoever approves configuration at their own desk. Owners
/// say yes to nothing else of the client.
/// </summary>
public sealed class KeyProposals(IdentityDb db, ApplicationAccess access, ClientDocuments documents, ConfigurationProposals proposals)
{
    private static readonly HashSet<string> Proofs = ["token_endpoint_auth_method", "secrets", "jwks", "jwks_uri"];

    public async Task<IReadOnlyList<KeyProposal>> OpenAsync(ReachedApplication reached, CancellationToken ct)
    {
        var clientId = reached.Application.ProductionClientId;
        var open = await db.ConfigurationProposals.AsNoTracking()
            .Where(p => p.Kind == ConfigurationStore.ClientKind && p.Name == clientId && p.State == ProposalState.Open).OrderBy(p => p.ProposedAt).ToListAsync(ct);
        var found = new List<KeyProposal>();
        foreach (var proposal in open)
            if (await ReadAsync(proposal, ct) is var (before, after)) found.Add(new KeyProposal(proposal, LineDiff.Between(ProductionCopy.Text(before), ProductionCopy.Text(after))));
        return found;
    }

    /// <summary>By any owner but the one who wants it.</summary>
    public Task<ApplicationOutcome> ConfirmAsync(AdminActor actor, Guid id, Guid proposalId, CancellationToken ct) => SettleAsync(actor, id, proposalId, async proposal =>
        await proposals.ApproveOfOwnerAsync(actor, proposal, ct) switch
        {
            ItemOutcome.Changed => new ApplicationOutcome.Done(id),
            ItemOutcome.Refused refused => new ApplicationOutcome.Unsound(refused.Errors),
            ItemOutcome.Denied { Why: ChangeRefusal.OwnProposal } => ApplicationRefusal.OwnRequest,
            ItemOutcome.Denied => ApplicationRefusal.NoOpenRequest,
            _ => ApplicationRefusal.ChangedMeanwhile,
        }, ct);

    /// <summary>By any owner: whoever wants it takes it back, another one says no.</summary>
    public Task<ApplicationOutcome> DropAsync(AdminActor actor, Guid id, Guid proposalId, CancellationToken ct) => SettleAsync(actor, id, proposalId, async proposal =>
        await proposals.TakeBackAsync(actor, proposal, ct) ? new ApplicationOutcome.Done(id) : ApplicationRefusal.NoOpenRequest, ct);

    private Task<ApplicationOutcome> SettleAsync(AdminActor actor, Guid id, Guid proposalId, Func<ConfigurationProposal, Task<ApplicationOutcome>> work, CancellationToken ct) =>
        access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
            await proposals.FindOpenAsync(proposalId, ct) is { Kind: ConfigurationStore.ClientKind } proposal && proposal.Name == reached.Application.ProductionClientId && await ReadAsync(proposal, ct) is not null
                ? await work(proposal) : ApplicationRefusal.NoOpenRequest, ct);

    /// <summary>Null when anything but proofs would change.</summary>
    private async Task<(Client Before, Client After)?> ReadAsync(ConfigurationProposal proposal, CancellationToken ct) =>
        proposal.Document is { } document && await documents.FindAsync(proposal.Name, proposal.BaseVersion, ct) is { } before && documents.Read(document) is { } after
        && DocumentDiff.Between(ConfigurationWriter.Write(before), document).All(change => Proofs.Contains(change.Member)) ? (before, after) : null;
}

public sealed record KeyProposal(ConfigurationProposal Proposal, IReadOnlyList<DiffLine> Changes);
