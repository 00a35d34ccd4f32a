using Identity.Domain.Audit;
using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>
/// "This was not me": ends everything that is open, takes the way in question out of use, and tells every known contact. Easy to do and
/// possible to undo: whoever does it by mistake signs in again, and the desk gives the way back.
/// </summary>
public sealed class NotMeReport(IdentityDb db, SessionStore sessions, DoorPause doors, RecoveryRequests recoveries, NoticeBoard board, AuditTrail trail, TimeProvider clock)
{
    public const string EventName = "account.not_me";
    public const string ReleasedName = "account.released";

    /// <summary>What the person points at; null when it is not theirs, or nowhere.</summary>
    public async Task<NotMeSubject?> FindAsync(Guid personId, Guid? notice, long? entry, CancellationToken ct)
    {
        if (notice is { } id)
            return await db.Notices.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id && n.PersonId == personId, ct) is { } told
                ? new(NoticeBoard.WordOf(told.Kind), told.Connector, told.About, told.Id)
                : null;
        return entry is { } sequence && await db.AuditEvents.AsNoTracking().SingleOrDefaultAsync(a => a.Sequence == sequence && a.PersonId == personId, ct) is { } row
            ? new(row.Name, row.Connector ?? await db.Sessions.Where(s => s.Id == row.SessionId).Select(s => s.Connector).SingleOrDefaultAsync(ct), null, null)
            : null;
    }

    /// <summary>All in one transaction, or nothing. The caller begins it, and wakes whoever tells the applications.</summary>
    public async Task<NotMeWay> FileAsync(Session reporter, NotMeSubject subject, string reference, Func<string, bool> canNotify, CancellationToken ct)
    {
        var personId = reporter.PersonId;
        var open = await db.Sessions.Where(s => s.PersonId == personId && s.EndedAt == null).Select(s => s.Id).ToListAsync(ct);
        foreach (var session in open) await sessions.EndAsync(session, "not_me", includeOffline: true, canNotify, ct);
        var grants = await EndGrantsAsync(personId, ct);
        var way = subject == NotMeSubject.Account ? NotMeWay.None : await doors.PauseAsync(personId, subject.About, subject.Connector, ct) ? NotMeWay.Paused : NotMeWay.Kept;
        // Whoever did it may have begun the way back as well.
        await recoveries.CancelAsync(personId, ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (subject.Notice is { } notice) await db.Notices.Where(n => n.Id == notice).ExecuteUpdateAsync(set => set.SetProperty(n => n.DisownedAt, now), ct);
        trail.Add(EventName, subject.What, personId, sessionId: reporter.Id, connector: subject.Connector, reference: reference,
            detail: $"sessions={open.Count} grants={grants} way={way.ToString().ToLowerInvariant()}");
        await board.TellAsync(personId, NoticeKind.ReportedNotMe, new() { Connector = subject.Connector, Reference = reference }, ct);
        await db.SaveChangesAsync(ct);
        return way;
    }

    /// <summary>What became of the way in that a report of the last day was about; null when there was none. For the page that follows it, which nobody is signed in on.</summary>
    public async Task<NotMeWay?> StateAsync(string reference, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromDays(1);
        var detail = await db.AuditEvents.Where(a => a.Reference == reference && a.Name == EventName && a.At > since).Select(a => a.Detail).FirstOrDefaultAsync(ct);
        return Enum.TryParse<NotMeWay>(detail?.Split('=')[^1], ignoreCase: true, out var way) ? way : null;
    }

    /// <summary>The desk has looked: what the report paused works again. Null when nobody knows the code.</summary>
    public async Task<int?> ReleaseAsync(string reference, CancellationToken ct)
    {
        var report = await db.AuditEvents.AsNoTracking().Where(a => a.Reference == reference && a.Name == EventName).Select(a => new { a.PersonId, a.At }).FirstOrDefaultAsync(ct);
        if (report?.PersonId is not { } personId) return null;
        var released = await doors.ReleaseAsync(personId, report.At, ct);
        trail.Add(ReleasedName, personId: personId, reference: reference, detail: $"ways={released}");
        await db.SaveChangesAsync(ct);
        return released;
    }

    /// <summary>Long-lived grants of sessions that ended before, and codes on their way.</summary>
    private async Task<int> EndGrantsAsync(Guid personId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await db.AuthorizationCodes.Where(c => c.PersonId == personId && c.RedeemedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
        return await db.Grants.Where(g => g.PersonId == personId && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, "not_me"), ct);
    }
}

/// <param name="What">Word of the notice, or name of the row.</param>
/// <param name="About">The link or method, when the notice names one.</param>
public sealed record NotMeSubject(string What, string? Connector, Guid? About, Guid? Notice)
{
    /// <summary>"I think somebody is in my account", and nothing to point at: everything is ended, and no way in is paused.</summary>
    public static readonly NotMeSubject Account = new("account", null, null, null);
}

public enum NotMeWay
{
    Paused,

    /// <summary>It is the only one, so it stays open.</summary>
    Kept,

    /// <summary>The report was about none.</summary>
    None,
}
