using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Server.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>The audit trail as its person reads it, newest first.</summary>
public sealed class ActivityHistory(IdentityDb db, ActivitySentences sentences)
{
    private const int PageSize = 20;

    /// <param name="before">Where the page before ended, as it said so itself; anything else starts at the newest.</param>
    public async Task<ActivitySlice> ReadAsync(Guid personId, ActivityKind? kind, string? before, CancellationToken ct)
    {
        var shownNames = ActivitySentences.Of(kind);
        var rows = db.AuditEvents.AsNoTracking().Where(a => a.PersonId == personId && shownNames.Contains(a.Name));
        // By place, not by count: new rows at the top must not push old ones onto the next page again.
        if (Parse(before) is var (at, sequence)) rows = rows.Where(a => a.At < at || (a.At == at && a.Sequence < sequence));
        var found = await rows.OrderByDescending(a => a.At).ThenByDescending(a => a.Sequence).Take(PageSize + 1).ToListAsync(ct);
        var shown = found.Take(PageSize).ToList();
        var devices = await DevicesAsync(shown, ct);
        return new(
            [.. shown.Select(a => new ActivityRow(sentences.Of(a), new(a.At, AccountNames.Device(devices.GetValueOrDefault(a.SessionId ?? Guid.Empty))), Entry: a.Sequence))],
            found.Count > PageSize ? Mark(shown[^1]) : null);
    }

    private async Task<Dictionary<Guid, string>> DevicesAsync(List<AuditEvent> rows, CancellationToken ct)
    {
        var ids = rows.Where(a => a.SessionId is not null).Select(a => a.SessionId!.Value).Distinct().ToList();
        return await db.Sessions.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Device, ct);
    }

    private static string Mark(AuditEvent row) => string.Create(CultureInfo.InvariantCulture, $"{row.At.UtcTicks}.{row.Sequence}");

    private static (DateTimeOffset At, long Sequence)? Parse(string? before) =>
        before?.Split('.') is [var ticks, var row]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? (new DateTimeOffset(at, TimeSpan.Zero), sequence)
            : null;
}

/// <param name="OlderThan">Value of <c>before</c> for the next page, or null at the end.</param>
public sealed record ActivitySlice(IReadOnlyList<ActivityRow> Rows, string? OlderThan);
