using System.Globalization;
using Identity.Domain.Administration;
using Identity.Domain.Failures;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>Conflicts whose decision can still be taken back. The list shows nobody; <see cref="ConflictCases"/> opens one.</summary>
public sealed class DecidedConflicts(IdentityDb db, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <summary>Latest first: what was decided a moment ago is what somebody comes back about.</summary>
    /// <param name="spoken">Reference code of a case, however it was typed; empty for all.</param>
    /// <param name="after">The last one of the page before.</param>
    public async Task<DecidedPage> ListAsync(AdminActor actor, string? spoken, DecidedMark? after, CancellationToken ct)
    {
        if (!actor.May(Permission.DecideConflicts)) return new([], null);
        DateTimeOffset? since = clock.GetUtcNow() - ConflictDesk.UndoTime;
        var decided = db.LinkConflicts.AsNoTracking().Where(c => c.ResolvedAt > since);
        if (!string.IsNullOrWhiteSpace(spoken))
        {
            if (FailureTimeline.Canonical(spoken) is not { } reference) return new([], null);
            decided = decided.Where(c => c.Reference == reference);
        }
        if (after is { } last)
        {
            DateTimeOffset? at = last.At;
            decided = decided.Where(c => c.ResolvedAt < at || (c.ResolvedAt == at && c.Id < last.Id));
        }
        var found = await decided.OrderByDescending(c => c.ResolvedAt).ThenByDescending(c => c.Id).Take(PageSize + 1)
            .Select(c => new DecidedConflict(c.Id, c.Kind, c.Connector, c.Reference, c.ResolvedAt!.Value, c.Decision!.Value) { IsUndoProposed = db.ConflictProposals.Any(p => p.ConflictId == c.Id) }).ToListAsync(ct);
        return new([.. found.Take(PageSize)], found.Count > PageSize ? DecidedMark.Of(found[PageSize - 1]) : null);
    }

    /// <summary>Since when decisions wait to be taken back that somebody else proposed to take back, oldest first: whoever asks is the second pair of eyes.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> WaitingAsync(AdminActor actor, int most, CancellationToken ct) => !actor.May(Permission.DecideConflicts) ? []
        : await db.ConflictProposals.Where(p => p.Verdict == ConflictVerdict.Undo && p.ProposedBy != actor.PersonId).OrderBy(p => p.ProposedAt).Take(most).Select(p => p.ProposedAt).ToListAsync(ct);
}

/// <param name="Next">Where the next page begins, while there is one.</param>
public sealed record DecidedPage(IReadOnlyList<DecidedConflict> Cases, DecidedMark? Next);

public sealed record DecidedConflict(Guid Id, LinkRefusal Kind, string Connector, string Reference, DateTimeOffset DecidedAt, ConflictDecision Decision)
{
    /// <summary>Somebody would take it back, and waits for another desk.</summary>
    public bool IsUndoProposed { get; init; }
}

/// <summary>A place in the list, for an address: when, and which of those that were decided at once.</summary>
public sealed record DecidedMark(DateTimeOffset At, Guid Id)
{
    public static DecidedMark Of(DecidedConflict conflict) => new(conflict.DecidedAt, conflict.Id);

    /// <summary>Null for what this list never wrote.</summary>
    public static DecidedMark? Read(string? text) =>
        text?.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var last)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), last) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id}");
}
