using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>What waits for a second person, and what became of it. Null for whoever may not read it.</summary>
public sealed class ProposalList(IdentityDb db)
{
    public const int PageSize = 50;

    /// <summary>Newest first.</summary>
    /// <param name="after">The last one of the page before.</param>
    public async Task<ProposalPage?> PageAsync(AdminActor actor, ProposalState state, Guid? after, CancellationToken ct)
    {
        if (!actor.May(Permission.ReadConfiguration)) return null;
        // Identifiers grow with time (UUIDv7), so they are the order and the key of it at once.
        var rows = await db.ConfigurationProposals.AsNoTracking().Where(p => p.State == state && (after == null || p.Id < after)).OrderByDescending(p => p.Id).Take(PageSize + 1).ToListAsync(ct);
        return new ProposalPage([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null);
    }

    /// <summary>With what it would change, and when it is too late for that, with what happened meanwhile.</summary>
    public async Task<ProposalView?> FindAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permission.ReadConfiguration) || await db.ConfigurationProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } proposal) return null;
        var versions = db.ConfigurationVersions.AsNoTracking().Where(v => v.Kind == proposal.Kind && v.Name == proposal.Name);
        var origin = await versions.SingleOrDefaultAsync(v => v.Version == proposal.BaseVersion, ct);
        var newest = await versions.OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        var isStale = proposal.State == ProposalState.Open && (newest?.Version ?? 0) != proposal.BaseVersion;
        return new ProposalView(proposal, DocumentDiff.Between(origin?.Document, proposal.Document), newest?.Version ?? 0)
        {
            BaseDocument = origin?.Document,
            Meanwhile = isStale ? DocumentDiff.ThreeWay(origin?.Document, newest?.Document, proposal.Document) : [],
            IsStale = isStale,
        };
    }
}

public sealed record ProposalPage(IReadOnlyList<ConfigurationProposal> Proposals, Guid? Next);

public sealed record ProposalView(ConfigurationProposal Proposal, IReadOnlyList<MemberChange> Changes, int CurrentVersion)
{
    public string? BaseDocument { get; init; }
    public bool IsStale { get; init; }
    public IReadOnlyList<ThreeWayChange> Meanwhile { get; init; } = [];
}
