using Identity.Domain.Clients;
using Identity.Domain.Policies;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>Notices when a person signs in from a browser that they have not used before. The caller commits, together with the sign-in.</summary>
public sealed class RecognisedDevices(IdentityDb db, PersonalDataVault vault, NoticeBoard board, ClientRegistry registry, TimeProvider clock)
{
    /// <summary>A browser that stayed away for so long is a stranger again.</summary>
    public static TimeSpan Memory(ProvincePolicies policies) => policies.Sessions.RecognisedBrowser ?? TimeSpan.FromDays(180);

    /// <summary>Being seen is written down this often; more would buy nothing.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromDays(1);

    /// <param name="browser">Digest of the long-lived cookie of this browser, which it may have been given just now.</param>
    public async Task SeeAsync(Guid personId, string browser, NoticeFacts facts, CancellationToken ct)
    {
        var (now, key) = (clock.GetUtcNow(), KeyOf(personId, browser));
        if (await db.RecognisedDevices.FindAsync([key], ct) is { } known)
        {
            if (known.LastSeenAt + SeenStep < now) known.LastSeenAt = now;
            return;
        }
        // The first browser of all is how the person came here: there is nobody to warn yet. Of somebody who was away for longer than browsers
        // are remembered, none is known and one was.
        var before = now - Memory(registry.Policies);
        var isFirst = !await db.RecognisedDevices.AnyAsync(d => d.PersonId == personId, ct) && !await db.People.AnyAsync(p => p.Id == personId && p.CreatedAt < before, ct);
        if (await RememberAsync(key, personId, now.UtcDateTime, ct) && !isFirst) await board.TellAsync(personId, NoticeKind.NewDevice, facts, ct);
    }

    /// <summary>Two tabs sign in at the same moment: one row, one notice, and no sign-in that fails for it.</summary>
    private async Task<bool> RememberAsync(string key, Guid personId, DateTime now, CancellationToken ct) => await db.Database.ExecuteSqlAsync($"""
        INSERT INTO recognised_devices (digest, person_id, first_seen_at, last_seen_at) VALUES ({key}, {personId}, {now}, {now}) ON CONFLICT (digest) DO NOTHING
        """, ct) == 1;

    private string KeyOf(Guid personId, string browser) => vault.Digest(VaultPurpose.RecognisedDevice, $"{personId:N}/{browser}");
}
