using System.Globalization;
using Identity.Domain.Clients;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>One letter that was sent: for this secret, to this member, so many days before. Its key is what makes it one.</summary>
public sealed class ExpiryReminder
{
    public required string Subject { get; init; }
    public Guid MemberId { get; init; }
    public int Days { get; init; }
    public DateTimeOffset SentAt { get; init; }
}

/// <summary>What ends soon. Owners are told at 60, 30, 7 and 1 days, each once; who comes late to a date gets the letter of that date and not those before it.</summary>
public sealed class ExpiryRadar(IdentityDb db, ClientRegistry registry, KnownContacts contacts, MemberMails mails, MailQueue queue, TimeProvider clock)
{
    private static readonly int[] Thresholds = [1, 7, 30, 60];

    public const int Horizon = 90;

    /// <summary>Secrets of all clients that end within so many days, the next first. From memory: fifty thousand clients cost a few milliseconds.</summary>
    public IReadOnlyList<EndingSecret> Ending(int days)
    {
        var now = clock.GetUtcNow();
        return [.. from client in registry.Document.Clients
                   from secret in client.Secrets
                   where secret.ExpiresAt is { } end && end > now && end <= now.AddDays(days) && !HasHeir(client, secret)
                   orderby secret.ExpiresAt
                   select new EndingSecret(client, secret.Sha256, secret.ExpiresAt!.Value)];
    }

    /// <summary>Null while another node is at it. Letters and their marks are one transaction.</summary>
    public Task<int?> RemindAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.ExpiryReminders, async () =>
    {
        var sent = 0;
        foreach (var ending in Ending(Thresholds[^1])) sent += await RemindAsync(ending, ct);
        await db.SaveChangesAsync(ct);
        return sent;
    }, ct);

    private async Task<int> RemindAsync(EndingSecret ending, CancellationToken ct)
    {
        var (now, clientId) = (clock.GetUtcNow(), ending.Client.ClientId);
        var days = Thresholds.First(t => ending.EndsAt <= now.AddDays(t));
        if (await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.SandboxClientId == clientId || a.ProductionClientId == clientId, ct) is not { } application) return 0;
        var told = await db.ExpiryReminders.Where(r => r.Subject == ending.Sha256 && r.Days <= days).Select(r => r.MemberId).ToListAsync(ct);
        var owners = await db.ApplicationMembers.AsNoTracking().Where(m => m.ApplicationId == application.Id && m.Role == MemberRole.Owner && m.EndedAt == null && !told.Contains(m.Id)).ToListAsync(ct);
        foreach (var owner in owners)
        {
            db.ExpiryReminders.Add(new() { Subject = ending.Sha256, MemberId = owner.Id, Days = days, SentAt = now });
            var address = owner.PersonId is not { } person ? mails.Open(owner) : await contacts.AddressesAsync(person, ct) is [var first, ..] ? first : null;
            if (address is { Length: > 0 }) queue.Add(MailTemplate.SecretEnds, address, language: null, new Dictionary<string, string> { ["application"] = application.NameVi, ["at"] = ending.EndsAt.ToString("O", CultureInfo.InvariantCulture) });
        }
        return owners.Count;
    }

    /// <summary>A younger secret that lives longer is in place: nothing will break.</summary>
    private static bool HasHeir(Client client, ClientSecret secret) =>
        client.Secrets.Any(s => !ClientDefaults.IsTry(s) && s.CreatedAt > secret.CreatedAt && (s.ExpiresAt is null || s.ExpiresAt > secret.ExpiresAt));
}

public sealed record EndingSecret(Client Client, string Sha256, DateTimeOffset EndsAt);
