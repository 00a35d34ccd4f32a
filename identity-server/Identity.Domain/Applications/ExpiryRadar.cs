using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Mail;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>One date that somebody was told: of this thing, so many days before. Its key is what makes it one.</summary>
public sealed class ExpiryReminder
{
    public required string Subject { get; init; }

    /// <summary>As <see cref="EndingOwner.Id"/>.</summary>
    public Guid MemberId { get; init; }

    public int Days { get; init; }
    public DateTimeOffset SentAt { get; init; }
}

/// <summary>
/// What ends soon. Whose it is is told at 60, 30, 7 and 1 days or as the province decided, each once, with one letter for all that is due; who comes late to a date
/// is told of that date and not of those before it.
/// </summary>
public sealed class ExpiryRadar(IdentityDb db, ClientEndings clients, ProvinceEndings province, EndingOwners owners, ExpiryLetters letters, ClientRegistry registry, TimeProvider clock)
{
    private static readonly int[] UsualDays = [1, 7, 30, 60];

    /// <summary>Nearest first.</summary>
    private int[] Thresholds => registry.Policies.Reminders.ExpiryDays is { } days ? [.. days.Order()] : UsualDays;

    /// <summary>Null while another node is at it. Letters and their marks are one transaction.</summary>
    /// <returns>How many marks were set: one for each owner of each thing.</returns>
    public Task<int?> RemindAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.ExpiryReminders, async () =>
    {
        var (now, marks, due) = (clock.GetUtcNow(), 0, new Dictionary<EndingOwner, List<Ending>>());
        var thresholds = Thresholds;
        Ending[] all = [.. clients.Within(thresholds[^1]), .. await province.ConnectorsAsync(ct), .. await province.SigningKeysAsync(ct)];
        foreach (var ending in all.Where(e => !e.HasHeir && e.EndsAt > now && e.EndsAt <= now.AddDays(thresholds[^1])).OrderBy(e => e.EndsAt)) marks += await MarkAsync(ending, thresholds, due, ct);
        await letters.AddAsync(due, ct);
        await db.SaveChangesAsync(ct);
        return marks;
    }, ct);

    private async Task<int> MarkAsync(Ending ending, int[] thresholds, Dictionary<EndingOwner, List<Ending>> due, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var days = thresholds.First(t => ending.EndsAt <= now.AddDays(t));
        var told = await db.ExpiryReminders.Where(r => r.Subject == ending.Subject && r.Days <= days).Select(r => r.MemberId).ToListAsync(ct);
        var untold = (await owners.OfAsync(ending, ct)).Where(o => !told.Contains(o.Id)).ToList();
        foreach (var owner in untold)
        {
            db.ExpiryReminders.Add(new() { Subject = ending.Subject, MemberId = owner.Id, Days = days, SentAt = now });
            if (!due.TryGetValue(owner, out var own)) due.Add(owner, own = []);
            own.Add(ending);
        }
        return untold.Count;
    }
}

/// <summary>One letter for each address, whatever ends and in whichever role its reader hears of it.</summary>
public sealed class ExpiryLetters(EndingOwners owners, MailQueue queue, AuditTrail audit)
{
    /// <summary>More than these are counted: whoever has so many looks into the list.</summary>
    private const int Most = 20;

    public async Task AddAsync(IReadOnlyDictionary<EndingOwner, List<Ending>> due, CancellationToken ct)
    {
        var byAddress = new Dictionary<string, List<Ending>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (owner, endings) in due)
        {
            if (await owners.AddressOfAsync(owner, ct) is not { } address) continue;
            if (!byAddress.TryGetValue(address, out var together)) byAddress.Add(address, together = []);
            together.AddRange(endings);
        }
        foreach (var (address, endings) in byAddress) queue.Add(MailTemplate.EndsSoon, address, language: null, ValuesOf([.. endings.DistinctBy(e => e.Subject).OrderBy(e => e.EndsAt)]));
        if (due.Count > 0) audit.Add("expiry.reminded", detail: $"{due.Values.SelectMany(e => e).DistinctBy(e => e.Subject).Count()} things, {due.Count} owners, {byAddress.Count} letters");
    }

    private static Dictionary<string, string> ValuesOf(List<Ending> endings)
    {
        var values = new Dictionary<string, string> { ["count"] = $"{endings.Count}" };
        foreach (var (i, ending) in endings.Take(Most).Index())
            (values[$"kind{i + 1}"], values[$"name{i + 1}"], values[$"at{i + 1}"]) = (ending.Kind.ToString(), ending.Name, ending.EndsAt.ToString("O", CultureInfo.InvariantCulture));
        if (endings.Count > Most) values["more"] = $"{endings.Count - Most}";
        return values;
    }
}
