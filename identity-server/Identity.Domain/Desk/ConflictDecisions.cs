using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>Four eyes over a conflict: one desk proposes with papers, another one carries it out or sends it back.</summary>
public sealed class ConflictDecisions(IdentityDb db, ConflictDesk desk, AuditTrail audit, TimeProvider clock)
{
    public async Task<DeskRefusal?> ProposeAsync(AdminActor actor, Guid id, ConflictVerdict verdict, string? papers, CancellationToken ct)
    {
        if (!await IsOpenAsync(actor, id, ct)) return DeskRefusal.NotThere;
        if (actor.IsMachine) return DeskRefusal.NeedsHuman;
        if (!Enum.IsDefined(verdict)) return DeskRefusal.ReasonIsMissing;
        if (CaseNumbers.IsMissing(papers)) return DeskRefusal.CaseIsMissing;
        if (CaseNumbers.IsWrong(papers)) return DeskRefusal.CaseIsWrong;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LinkConflicts.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempts, c => c.Attempts), ct);
        if (await db.ConflictProposals.AnyAsync(p => p.ConflictId == id, ct)) return DeskRefusal.IsSoAlready;
        db.ConflictProposals.Add(new() { ConflictId = id, Verdict = verdict, Papers = papers!.Trim(), ProposedBy = actor.PersonId, ProposedAt = clock.GetUtcNow() });
        audit.Add("conflict.proposed", verdict.ToString(), detail: id.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>By anybody but the one who proposed it.</summary>
    /// <param name="mark">Of the proposal that was read.</param>
    public Task<DeskRefusal?> ConfirmAsync(AdminActor actor, Guid id, string? mark, CancellationToken ct) => SettleAsync(actor, id, mark, async proposal =>
    {
        if (actor.IsMachine) return DeskRefusal.NeedsHuman;
        if (proposal.ProposedBy == actor.PersonId) return DeskRefusal.NeedsAnother;
        var papers = $"{proposal.Verdict} papers={proposal.Papers} proposed_by={AdminActor.NameOf(proposal.ProposedBy)}";
        var decision = proposal.Verdict == ConflictVerdict.Stays ? ConflictDecision.Stays : ConflictDecision.Shut;
        return await desk.DecideAsync(id, new ConflictRuling(decision, BelongsTo: null, actor.Name, papers), ct) == ConflictOutcome.Done ? null : DeskRefusal.IsSoAlready;
    }, ct);

    /// <summary>Also by the one who proposed it: they may think again.</summary>
    /// <param name="mark">Of the proposal that was read.</param>
    public Task<DeskRefusal?> SendBackAsync(AdminActor actor, Guid id, string? mark, CancellationToken ct) => SettleAsync(actor, id, mark, proposal =>
    {
        audit.Add("conflict.sent_back", proposal.Verdict.ToString(), detail: id.ToString());
        return Task.FromResult<DeskRefusal?>(null);
    }, ct);

    private async Task<DeskRefusal?> SettleAsync(AdminActor actor, Guid id, string? mark, Func<ConflictProposal, Task<DeskRefusal?>> work, CancellationToken ct)
    {
        if (!await IsOpenAsync(actor, id, ct)) return DeskRefusal.NotThere;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ConflictProposals.AsNoTracking().SingleOrDefaultAsync(p => p.ConflictId == id, ct) is not { } proposal) return DeskRefusal.IsSoAlready;
        if (proposal.Mark != mark) return DeskRefusal.ChangedMeanwhile;
        // Its row count is the verdict: of two desks one goes on.
        if (await db.ConflictProposals.Where(p => p.ConflictId == id && p.ProposedAt == proposal.ProposedAt).ExecuteDeleteAsync(ct) == 0) return DeskRefusal.IsSoAlready;
        if (await work(proposal) is { } refusal) return refusal;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task<bool> IsOpenAsync(AdminActor actor, Guid id, CancellationToken ct) =>
        actor.May(Permission.DecideConflicts) && await db.LinkConflicts.AnyAsync(c => c.Id == id && c.ResolvedAt == null, ct);
}
