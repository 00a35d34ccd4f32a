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

    /// <summary>Documents that one page looks into; whoever owns so many applications finds the others when these are done.</summary>
    private const int MostRead = 50;

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

    /// <summary>Applications of which another owner has to look at new keys, whoever asked first at the top: each once, and none where the client has changed since, because then nobody can say yes any more.</summary>
    public async Task<IReadOnlyList<WaitingKeys>> ForOwnerAsync(AdminActor actor, int most, CancellationToken ct)
    {
        var open = await (from proposal in db.ConfigurationProposals.AsNoTracking()
                          where proposal.State == ProposalState.Open && proposal.Kind == ConfigurationStore.ClientKind && proposal.ProposedBy != actor.Name && proposal.Document != null
                          join application in db.Applications on proposal.Name equals application.ProductionClientId
                          where db.ApplicationMembers.Any(m => m.ApplicationId == application.Id && m.PersonId == actor.PersonId && m.Role == MemberRole.Owner && m.EndedAt == null)
                          join item in db.ConfigurationItems on new { proposal.Kind, proposal.Name, Version = proposal.BaseVersion } equals new { item.Kind, item.Name, item.Version }
                          orderby proposal.Id
                          select new { application.Id, application.NameVi, application.NameEn, proposal.ProposedAt, Before = item.Document, After = proposal.Document! }).Take(MostRead).ToListAsync(ct);
        return [.. open.Where(o => documents.Read(o.Before) is { } before && OfProofs(before, o.After) is not null).Select(o => new WaitingKeys(o.Id, o.NameVi, o.NameEn, o.ProposedAt)).DistinctBy(w => w.ApplicationId).Take(most)];
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
        proposal.Document is { } document && await documents.FindAsync(proposal.Name, proposal.BaseVersion, ct) is { } before && OfProofs(before, document) is { } after ? (before, after) : null;

    /// <summary>What the document makes of the client; null when anything but proofs would change.</summary>
    private Client? OfProofs(Client before, string document) =>
        documents.Read(document) is { } after && DocumentDiff.Between(ConfigurationWriter.Write(before), document).All(change => Proofs.Contains(change.Member)) ? after : null;
}

public sealed record KeyProposal(ConfigurationProposal Proposal, IReadOnlyList<DiffLine> Changes);

/// <summary>New keys of an application in production that wait for another owner.</summary>
public sealed record WaitingKeys(Guid ApplicationId, string NameVi, string NameEn, DateTimeOffset AskedAt);
