using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Factors;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>
/// Takes one way to sign in out of use: a link or a password until the desk has looked, a passkey or an app that makes codes for good, since
/// adding one again is easy. Callers commit.
/// </summary>
public sealed class DoorPause(IdentityDb db, PersonFactors factors, ClientRegistry registry, TimeProvider clock)
{
    /// <summary>A local account is paused by the lock of its own; this far away it does not end by itself.</summary>
    private static readonly DateTimeOffset UntilTheDesk = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True when the way works no more; false when it is the last one: shutting it would leave the person no way back (identity-model.md, rule 8).</summary>
    /// <param name="about">The very link or method, when the report is about one.</param>
    /// <param name="connector">Otherwise the way through which it was done.</param>
    public async Task<bool> PauseAsync(Guid personId, Guid? about, string? connector, CancellationToken ct)
    {
        // What the person did not add themselves is nothing to keep for the desk.
        if (about is { } method && await factors.DisownAsync(personId, method, NoticeFacts.None, ct)) return true;
        var link = await LinkAsync(personId, about, connector, ct);
        var protocol = connector is null ? null : registry.FindConnector(connector)?.Protocol;
        var account = await db.Users.SingleOrDefaultAsync(a => a.Id == personId && a.PasswordHash != null, ct);
        var isLocked = account?.LockoutEnd > clock.GetUtcNow();
        var others = await factors.CountWaysInAsync(personId, ct) - (isLocked ? 1 : 0);
        if (link is not null) return others > 1 && Freeze(link);
        if (protocol == ConnectorProtocol.Passkey) return await DisownPasskeysAsync(personId, others, ct);
        if (protocol != ConnectorProtocol.Password || account is null || isLocked || others <= 1) return false;
        account.LockoutEnd = UntilTheDesk;
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

    private async Task<LinkedIdentity?> LinkAsync(Guid personId, Guid? about, string? connector, CancellationToken ct)
    {
        var links = await db.LinkedIdentities.Where(l => l.PersonId == personId && l.FrozenAt == null).OrderByDescending(l => l.LastUsedAt).ToListAsync(ct);
        return links.Find(l => l.Id == about) ?? links.Find(l => l.Connector == connector);
    }

    private bool Freeze(LinkedIdentity link)
    {
        link.FrozenAt = clock.GetUtcNow();
        return true;
    }

    /// <summary>A session does not say which of them it was, so none is to be trusted.</summary>
    private async Task<bool> DisownPasskeysAsync(Guid personId, int ways, CancellationToken ct)
    {
        var keys = await db.OwnPasskeys.Where(k => k.PersonId == personId).Select(k => k.Id).ToListAsync(ct);
        if (keys.Count == 0 || ways <= keys.Count) return false;
        foreach (var key in keys) await factors.DisownAsync(personId, key, NoticeFacts.None, ct);
        return true;
    }
}
