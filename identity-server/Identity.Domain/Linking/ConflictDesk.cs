using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Linking;

/// <summary>
/// The desk's side of a conflict (identity-model rules 6 and 12): every look and every decision stands in the history of the people it is
/// about, and a decision can be taken back for thirty days.
/// </summary>
public sealed class ConflictDesk(IdentityDb db, ConflictEffects effects, NoticeBoard notices, AuditTrail audit, TimeProvider clock)
{
    /// <summary>As long as the row is kept.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(30);

    /// <summary>Somebody waits: by then a case is overdue.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromDays(3);

    public const string Looked = "conflict.viewed";

    /// <summary>Decisions that can still be taken back, latest first.</summary>
    public Task<List<LinkConflict>> DecidedAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - UndoTime;
        return db.LinkConflicts.AsNoTracking().Where(c => c.ResolvedAt > since).OrderByDescending(c => c.ResolvedAt).ToListAsync(ct);
    }

    /// <summary>Of a decided case: what was decided is older than may be taken back.</summary>
    public bool IsTooLate(LinkConflict conflict) => conflict.ResolvedAt + UndoTime <= clock.GetUtcNow();

    /// <summary>The newest case with the code that a person reads out; null when there is none.</summary>
    public async Task<LinkConflict?> FindAsync(string spoken, CancellationToken ct) => FailureTimeline.Canonical(spoken) is { } reference
        ? await db.LinkConflicts.AsNoTracking().Include(c => c.Parties).Where(c => c.Reference == reference).OrderByDescending(c => c.LastSeenAt).FirstOrDefaultAsync(ct)
        : null;

    /// <summary>Writes the look into the history of everybody whose record is shown; the first one is told to them as well. Commits.</summary>
    public async Task LookAsync(LinkConflict conflict, CancellationToken ct)
    {
        var id = conflict.Id.ToString();
        foreach (var party in conflict.Parties)
        {
            if (!await db.AuditEvents.AnyAsync(a => a.PersonId == party.PersonId && a.Name == Looked && a.Detail == id, ct)) await TellAsync(party, NoticeKind.RecordLookedUp, conflict, ct);
            audit.Add(Looked, personId: party.PersonId, connector: conflict.Connector, reference: conflict.Reference, detail: id);
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>In the caller's transaction when there is one: two desks decide together.</summary>
    public async Task<ConflictOutcome> DecideAsync(Guid id, ConflictRuling ruling, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        DateTimeOffset? now = StoredTime.Now(clock);
        // Its row count is the verdict: of two operators one decides.
        if (await db.LinkConflicts.Where(c => c.Id == id && c.ResolvedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.ResolvedAt, now), ct) == 0) return ConflictOutcome.NotOpen;
        var conflict = await ReadAsync(id, ct);
        if (ruling.Decision == ConflictDecision.Belongs && !conflict.Parties.Exists(p => p.PersonId == ruling.BelongsTo)) return ConflictOutcome.NotAParty;
        (conflict.Decision, conflict.BelongsTo) = (ruling.Decision, ruling.Decision == ConflictDecision.Belongs ? ruling.BelongsTo : null);
        (conflict.ResolvedBy, conflict.Resolution) = (ruling.By, ruling.Papers);
        if (await effects.ApplyAsync(conflict, ct) is { } refused) return refused;
        await WriteAsync(conflict, "conflict.resolved", ruling.Papers, NoticeKind.ConflictDecided, ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return ConflictOutcome.Done;
    }

    /// <summary>Restores what the decision changed and opens the case again; refuses when something else has changed it since. In the caller's transaction when there is one.</summary>
    public async Task<ConflictOutcome> UndoAsync(Guid id, string papers, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.LinkConflicts.Include(c => c.Parties).SingleOrDefaultAsync(c => c.Id == id && c.ResolvedAt != null, ct) is not { } conflict) return ConflictOutcome.NotDecided;
        if (IsTooLate(conflict)) return ConflictOutcome.TooLate;
        if (await db.LinkConflicts.AnyAsync(c => c.DoorDigest == conflict.DoorDigest && c.Kind == conflict.Kind && c.ResolvedAt == null, ct)) return ConflictOutcome.OpenAgain;
        if (!await effects.UndoAsync(conflict, ct)) return ConflictOutcome.ChangedSince;
        var resolvedAt = conflict.ResolvedAt;
        if (await db.LinkConflicts.Where(c => c.Id == id && c.ResolvedAt == resolvedAt).ExecuteUpdateAsync(set => set.SetProperty(c => c.ResolvedAt, (DateTimeOffset?)null), ct) == 0) return ConflictOutcome.NotDecided;
        (conflict.Decision, conflict.BelongsTo, conflict.HeldBefore, conflict.FrozenBefore) = (null, null, null, null);
        (conflict.ResolvedBy, conflict.Resolution) = (null, null);
        await WriteAsync(conflict, "conflict.reopened", papers, NoticeKind.ConflictReopened, ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return ConflictOutcome.Done;
    }

    private async Task WriteAsync(LinkConflict conflict, string name, string papers, NoticeKind kind, CancellationToken ct)
    {
        // Saved before anybody is told: whoever lost a door is told about it as well.
        await db.SaveChangesAsync(ct);
        // What somebody had proposed was about the case as it stood before.
        await db.ConflictProposals.Where(p => p.ConflictId == conflict.Id).ExecuteDeleteAsync(ct);
        foreach (var party in conflict.Parties)
        {
            audit.Add(name, conflict.Decision?.ToString(), party.PersonId, connector: conflict.Connector, reference: conflict.Reference, detail: $"{conflict.Id} papers={papers}");
            await TellAsync(party, kind, conflict, ct);
        }
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        await db.SaveChangesAsync(ct);
    }

    private Task<LinkConflict> ReadAsync(Guid id, CancellationToken ct) => db.LinkConflicts.Include(c => c.Parties).SingleAsync(c => c.Id == id, ct);

    private Task<Notice> TellAsync(LinkConflictParty party, NoticeKind kind, LinkConflict conflict, CancellationToken ct) =>
        notices.TellAsync(party.PersonId, kind, new() { Connector = conflict.Connector, Reference = conflict.Reference }, ct);
}
