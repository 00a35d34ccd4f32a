using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>
/// Takes one way to sign in out of use until the desk has looked, and gives it back. Every kind of method that a person can have comes
/// through here: a new kind joins <see cref="PauseAsync"/> and <see cref="ReleaseAsync"/>. Callers commit.
/// </summary>
public sealed class DoorPause(IdentityDb db, TimeProvider clock)
{
    /// <summary>A local account is paused by the lock of its own; this far away it does not end by itself.</summary>
    private static readonly DateTimeOffset UntilTheDesk = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True when the way is paused; false when it is the last one: shutting it would leave the person no way back (identity-model.md, rule 8).</summary>
    /// <param name="about">The very link or method, when the report is about one.</param>
    /// <param name="connector">Otherwise the way through which it was done.</param>
    public async Task<bool> PauseAsync(Guid personId, Guid? about, string? connector, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var links = await db.LinkedIdentities.Where(l => l.PersonId == personId && l.FrozenAt == null).OrderByDescending(l => l.LastUsedAt).ToListAsync(ct);
        var account = await db.Users.SingleOrDefaultAsync(a => a.Id == personId && a.PasswordHash != null && (a.LockoutEnd == null || a.LockoutEnd < now), ct);
        LinkedIdentity? link = links.Find(l => l.Id == about) ?? links.Find(l => l.Connector == connector);
        if (links.Count + (account is null ? 0 : 1) <= 1) return false;
        if (link is not null) link.FrozenAt = now;
        // No link answers to the connector: then the account with its password is what was used.
        else if (account is not null && about is null) account.LockoutEnd = UntilTheDesk;
        else return false;
        return true;
    }

    /// <summary>What was paused at that moment works again. Returns how many ways did.</summary>
    public async Task<int> ReleaseAsync(Guid personId, DateTimeOffset pausedAt, CancellationToken ct)
    {
        // The report's row and the pause are of one transaction, not of one clock reading.
        var (from, to) = (pausedAt.AddMinutes(-1), pausedAt.AddMinutes(1));
        var links = await db.LinkedIdentities.Where(l => l.PersonId == personId && l.FrozenAt >= from && l.FrozenAt <= to).ToListAsync(ct);
        foreach (var link in links) link.FrozenAt = null;
        var account = await db.Users.SingleOrDefaultAsync(a => a.Id == personId && a.LockoutEnd == UntilTheDesk, ct);
        if (account is not null) account.LockoutEnd = null;
        return links.Count + (account is null ? 0 : 1);
    }
}
