using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>
/// Four eyes over a conflict: one desk proposes with papers, another one carries it out or sends it back. To take a decision back is a
/// proposal like the others. What may be decided at all is <see cref="ConflictDesk"/>'s to say, as for the commands.
/// </summary>
public sealed class ConflictDecisions(IdentityDb db, LinkConflicts conflicts, ConflictDesk desk, AuditTrail audit, TimeProvider clock)
{
    public async Task<DeskRefusal?> ProposeAsync(AdminActor actor, Guid id, ConflictWish wish, CancellationToken ct)
    {
        var isUndo = wish.Verdict == ConflictVerdict.Undo;
        if (!actor.May(Permission.DecideConflicts) || await conflicts.FindAsync(id, ct) is not { } conflict || conflict.ResolvedAt.HasValue != isUndo) return DeskRefusal.NotThere;
        if (actor.IsMachine) return DeskRefusal.NeedsHuman;
        if (IsAbout(conflict, actor)) return DeskRefusal.IsOneself;
        if (!Enum.IsDefined(wish.Verdict) || (isUndo && !(wish.Reason is { } reason && Enum.IsDefined(reason)))) return DeskRefusal.ReasonIsMissing;
        var belongsTo = wish.Verdict == ConflictVerdict.Belongs ? conflict.Parties.Find(p => ConflictSide.MarkOf(id, p.PersonId) == wish.Side)?.PersonId : null;
        if (wish.Verdict == ConflictVerdict.Belongs && belongsTo is null) return DeskRefusal.NotAParty;
        if (CaseNumbers.IsMissing(wish.Papers)) return DeskRefusal.CaseIsMissing;
        if (CaseNumbers.IsWrong(wish.Papers)) return DeskRefusal.CaseIsWrong;
        if (isUndo && desk.IsTooLate(conflict)) return DeskRefusal.TooLate;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await HoldAsync(db.LinkConflicts.Where(c => c.Id == id && c.ResolvedAt == conflict.ResolvedAt), ct) || await db.ConflictProposals.AnyAsync(p => p.ConflictId == id, ct)) return DeskRefusal.IsSoAlready;
        db.ConflictProposals.Add(new()
        {
            ConflictId = id, Verdict = wish.Verdict, BelongsTo = belongsTo, Reason = isUndo ? wish.Reason : null, Papers = wish.Papers!.Trim(), ProposedBy = actor.PersonId, ProposedAt = clock.GetUtcNow(),
        });
        audit.Add("conflict.proposed", wish.Verdict.ToString(), detail: id.ToString());
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
        if (await conflicts.FindAsync(id, ct) is { } conflict && IsAbout(conflict, actor)) return DeskRefusal.IsOneself;
        var why = proposal.Reason is { } reason ? $" reason={reason}" : "";
        var papers = $"{proposal.Verdict}{why} papers={proposal.Papers} proposed_by={AdminActor.NameOf(proposal.ProposedBy)}";
        return RefusalOf(DecisionOf(proposal.Verdict) is { } decision
            ? await desk.DecideAsync(id, new ConflictRuling(decision, proposal.BelongsTo, actor.Name, papers), ct)
            : await desk.UndoAsync(id, papers, ct));
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
        if (!actor.May(Permission.DecideConflicts)) return DeskRefusal.NotThere;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await HoldAsync(db.LinkConflicts.Where(c => c.Id == id), ct)) return DeskRefusal.NotThere;
        if (await db.ConflictProposals.AsNoTracking().SingleOrDefaultAsync(p => p.ConflictId == id, ct) is not { } proposal) return DeskRefusal.IsSoAlready;
        if (proposal.Mark != mark) return DeskRefusal.ChangedMeanwhile;
        // Its row count is the verdict: of two desks one goes on.
        if (await db.ConflictProposals.Where(p => p.ConflictId == id && p.ProposedAt == proposal.ProposedAt).ExecuteDeleteAsync(ct) == 0) return DeskRefusal.IsSoAlready;
        if (await work(proposal) is { } refusal)
        {
            // The page goes on to show the case and saves that it did: nothing of what was refused may be saved with it.
            db.ChangeTracker.Clear();
            return refusal;
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Until the commit nobody else decides the case, or proposes anything about it. False when it is not there, or not so any more.</summary>
    private static async Task<bool> HoldAsync(IQueryable<LinkConflict> one, CancellationToken ct) => await one.ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempts, c => c.Attempts), ct) == 1;

    private static bool IsAbout(LinkConflict conflict, AdminActor actor) => conflict.Parties.Exists(p => p.PersonId == actor.PersonId);

    /// <summary>Null when a decision is to be taken back.</summary>
    private static ConflictDecision? DecisionOf(ConflictVerdict verdict) => verdict switch
    {
        ConflictVerdict.Stays => ConflictDecision.Stays,
        ConflictVerdict.Shut => ConflictDecision.Shut,
        ConflictVerdict.Belongs => ConflictDecision.Belongs,
        _ => null,
    };

    private static DeskRefusal? RefusalOf(ConflictOutcome outcome) => outcome switch
    {
        ConflictOutcome.Done => null,
        ConflictOutcome.NotAParty => DeskRefusal.NotAParty,
        ConflictOutcome.HeldByAnother => DeskRefusal.HeldByAnother,
        ConflictOutcome.NothingSaid => DeskRefusal.NothingSaid,
        ConflictOutcome.TooLate => DeskRefusal.TooLate,
        ConflictOutcome.ChangedSince => DeskRefusal.ChangedSince,
        ConflictOutcome.OpenAgain => DeskRefusal.OpenAgain,
        _ => DeskRefusal.IsSoAlready,
    };
}
