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
/// is told of that date and not of those before it. A confirmation that is overdue is told of once more, and keys that cannot be read once.
/// </summary>
public sealed class ExpiryRadar(IdentityDb db, ClientEndings clients, ClientKeyWatches addresses, ProvinceEndings province, OpenConfirmations confirmations, EndingOwners owners, ExpiryLetters letters, ClientRegistry registry, TimeProvider clock)
{
    /// <summary>In days; from then on an owner can answer the question of the year.</summary>
    public const int FirstReminder = 60;

    private static readonly int[] UsualDays = [1, 7, 30, FirstReminder];

    /// <summary>Nearest first. None before the day itself is for what stays open when it is over.</summary>
    private int[] Thresholds => [0, .. (registry.Policies.Reminders.ExpiryDays ?? UsualDays).Order()];

    /// <summary>Null while another node is at it. Letters and their marks are one transaction.</summary>
    public Task<Reminded?> RemindAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.ExpiryReminders, async () =>
    {
        var (now, thresholds) = (clock.GetUtcNow(), Thresholds);
        var sight = thresholds[^1];
        Ending[] all = [.. clients.Within(sight), .. await addresses.EndingsAsync(registry.Document.Clients, ct), .. await province.ConnectorsAsync(ct), .. await province.SigningKeysAsync(ct),
            .. await confirmations.WithinAsync(Math.Min(sight, FirstReminder), ct)];
        var due = await DueAsync([.. all.Where(e => !e.HasHeir && (e.IsOpenAfterwards || e.EndsAt > now) && e.EndsAt <= now.AddDays(sight)).DistinctBy(e => e.Subject).OrderBy(e => e.EndsAt)], thresholds, ct);
        var told = await letters.AddAsync(due, ct);
        // Only those: whoever has no address yet is due again the next time.
        var marks = told.SelectMany(owner => due[owner].Select(ending => new ExpiryReminder { Subject = ending.Subject, MemberId = owner.Id, Days = DaysOf(ending, thresholds), SentAt = now })).ToList();
        db.ExpiryReminders.AddRange(marks);
        await db.SaveChangesAsync(ct);
        return new Reminded(marks.Count, due.Count - told.Count);
    }, ct);

    /// <summary>Asks for everybody and everything at once: every hour some thousands of things are within sight, and nearly all of them have been told.</summary>
    private async Task<Dictionary<EndingOwner, List<Ending>>> DueAsync(IReadOnlyList<Ending> endings, int[] thresholds, CancellationToken ct)
    {
        var (due, subjects) = (new Dictionary<EndingOwner, List<Ending>>(), endings.Select(e => e.Subject).ToArray());
        var told = (await db.ExpiryReminders.AsNoTracking().Where(r => EF.Parameter(subjects).Contains(r.Subject)).ToListAsync(ct)).ToLookup(r => r.Subject);
        var whose = await owners.OfAsync(endings, ct);
        foreach (var ending in endings)
        {
            var days = DaysOf(ending, thresholds);
            var knowing = told[ending.Subject].Where(r => r.Days <= days).Select(r => r.MemberId).ToHashSet();
            foreach (var owner in whose[ending.Subject].Where(o => !knowing.Contains(o.Id)))
            {
                if (!due.TryGetValue(owner, out var own)) due.Add(owner, own = []);
                own.Add(ending);
            }
        }
        return due;
    }

    private int DaysOf(Ending ending, int[] thresholds) => thresholds.First(t => ending.EndsAt <= clock.GetUtcNow().AddDays(t));
}

/// <param name="Marks">One for each owner of each thing who got a letter.</param>
/// <param name="WithoutAddress">Owners who should have got one and cannot.</param>
public readonly record struct Reminded(int Marks, int WithoutAddress);

/// <summary>One letter for each address, whatever ends and in whichever role its reader hears of it; and one for all that it is asked to confirm.</summary>
public sealed class ExpiryLetters(EndingOwners owners, MailQueue queue, AuditTrail audit, TimeProvider clock)
{
    /// <summary>More than these are counted: whoever has so many looks into the list.</summary>
    private const int Most = 20;

    /// <returns>Those who have an address, and with it a letter.</returns>
    public async Task<IReadOnlyList<EndingOwner>> AddAsync(IReadOnlyDictionary<EndingOwner, List<Ending>> due, CancellationToken ct)
    {
        var told = new List<EndingOwner>();
        var byAddress = new Dictionary<string, List<Ending>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (owner, endings) in due)
        {
            if (await owners.AddressOfAsync(owner, ct) is not { } address) continue;
            if (!byAddress.TryGetValue(address, out var together)) byAddress.Add(address, together = []);
            together.AddRange(endings);
            told.Add(owner);
        }
        var letters = byAddress.SelectMany(a => a.Value.GroupBy(e => e.Kind == EndingKind.ClientConfirmation ? MailTemplate.StillUsed : MailTemplate.EndsSoon, (template, about) => (Address: a.Key, Template: template, About: about))).ToList();
        foreach (var letter in letters) queue.Add(letter.Template, letter.Address, language: null, ValuesOf([.. letter.About.DistinctBy(e => e.Subject).OrderBy(e => e.EndsAt)]));
        if (told.Count > 0)
            audit.Add("expiry.reminded", detail: $"{told.SelectMany(o => due[o]).DistinctBy(e => e.Subject).Count()} things, {told.Count} owners, {letters.Count} letters, {due.Count - told.Count} owners without an address");
        return told;
    }

    private Dictionary<string, string> ValuesOf(List<Ending> endings)
    {
        var values = new Dictionary<string, string> { ["count"] = $"{endings.Count}" };
        foreach (var (i, ending) in endings.Take(Most).Index())
            (values[$"kind{i + 1}"], values[$"name{i + 1}"], values[$"at{i + 1}"]) = (WordOf(ending), ending.Name, ending.EndsAt.ToString("O", CultureInfo.InvariantCulture));
        if (endings.Count > Most) values["more"] = $"{endings.Count - Most}";
        return values;
    }

    /// <summary>What is overdue reads differently from what is to come.</summary>
    private string WordOf(Ending ending) => ending.Kind == EndingKind.ClientConfirmation && ending.EndsAt <= clock.GetUtcNow() ? "ClientUnconfirmed" : ending.Kind.ToString();
}
