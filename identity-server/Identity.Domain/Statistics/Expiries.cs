using System.Globalization;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// What ends, the soonest first, as far as whoever asks may see it: the one answer of the list, the statistics, the work to do and the API.
/// What has a successor is no trouble and left out, but for signing keys, which are listed to be known.
/// </summary>
public sealed class Expiries(IdentityDb db, StatisticsAccess access, ClientKeyWatches addresses, ProvinceEndings province, TimeProvider clock)
{
    public const int PageSize = 50;

    public static readonly TimeSpan Sight = TimeSpan.FromDays(90);

    /// <summary>From here on it is somebody's work. For as long again what is over stays in the list.</summary>
    public static readonly TimeSpan Urgent = TimeSpan.FromDays(14);

    /// <summary>Of fifty thousand clients some ten thousand secrets may end in ninety days: they are read from memory and shown by the page.</summary>
    /// <param name="after">The last one of the page before.</param>
    public async Task<ExpiryPage> PageAsync(AdminActor actor, ExpiryMark? after, CancellationToken ct)
    {
        var left = (await WithinAsync(actor, Sight, ct)).Where(e => after is null || after.IsBefore(e)).Take(PageSize + 1).ToList();
        return new([.. left.Take(PageSize)], left.Count > PageSize ? ExpiryMark.Of(left[PageSize - 1]) : null);
    }

    /// <summary>What breaks something and is somebody's work already.</summary>
    public async Task<IReadOnlyList<Ending>> UrgentAsync(AdminActor actor, CancellationToken ct) => [.. (await WithinAsync(actor, Urgent, ct)).Where(e => e.Breaks)];

    private async Task<IEnumerable<Ending>> WithinAsync(AdminActor actor, TimeSpan ahead, CancellationToken ct)
    {
        var (now, end) = (clock.GetUtcNow(), clock.GetUtcNow() + ahead);
        var reach = await access.ReachAsync(actor, ct);
        var clients = access.Within(reach).Where(c => c.Enabled);
        // An upstream is not left because its certificate has ended, so that stays; a secret that nobody replaced in two weeks is not missed.
        List<Ending> all = [.. clients.SelectMany(ClientEndings.All).Concat(await addresses.EndingsAsync(clients, ct)).Where(e => !e.HasHeir && (e.IsOpenAfterwards || e.EndsAt > now - Urgent))];
        if (actor.May(Permission.OperateConnectors))
            all.AddRange((await province.ConnectorsAsync(ct)).Where(e => e.Kind != EndingKind.UpstreamChanged));
        if (actor.May(Permission.RotateKeys))
            all.AddRange((await province.SigningKeysAsync(ct)).Where(e => e.EndsAt > now));
        if (actor.May(Permission.Announce))
            all.AddRange((await db.Announcements.AsNoTracking().Where(a => a.EndsAt > now && a.EndsAt < end).Select(a => new { a.Id, a.EndsAt }).ToListAsync(ct))
                .Select(a => new Ending(EndingKind.Announcement, $"{a.Id}", $"{a.Id}", a.EndsAt)));
        return all.Where(e => e.EndsAt < end).OrderBy(e => e.EndsAt).ThenBy(e => e.Mark, StringComparer.Ordinal);
    }
}

/// <param name="Next">Where the next page begins, while there is one.</param>
public sealed record ExpiryPage(IReadOnlyList<Ending> Endings, ExpiryMark? Next);

/// <summary>A place in the list, for an address: when, and which of those that end at once.</summary>
public sealed record ExpiryMark(DateTimeOffset At, string Mark)
{
    public static ExpiryMark Of(Ending ending) => new(ending.EndsAt, ending.Mark);

    /// <summary>Null for what this list never wrote.</summary>
    public static ExpiryMark? Read(string? text) =>
        text?.Split('.') is [var ticks, var mark] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            ? new(new DateTimeOffset(at, TimeSpan.Zero), mark) : null;

    public bool IsBefore(Ending ending) => ending.EndsAt > At || (ending.EndsAt == At && string.CompareOrdinal(ending.Mark, Mark) > 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Mark}");
}
