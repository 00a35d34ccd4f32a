using System.Globalization;
using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>Pages of the trail, newest first, by the key of the last row shown. Reading the trail is a row of the trail.</summary>
public sealed class AuditSearch(IdentityDb db, AuditReading reading, AuditTrail trail)
{
    public const string Searched = "audit.searched";
    private const int PageSize = 50;

    /// <param name="before">Sequence of the last row of the page before; null for the first page.</param>
    public async Task<AuditSlice> ReadAsync(AdminActor actor, AuditQuery query, long? before, CancellationToken ct)
    {
        var rows = await reading.RowsAsync(actor, query, ct);
        if (before is { } last) rows = rows.Where(e => e.Sequence < last);
        var found = await rows.OrderByDescending(e => e.Sequence).Take(PageSize + 1).ToListAsync(ct);
        var page = found.Take(PageSize).ToList();
        var shown = page.Where(query.Holds).ToList();
        trail.Add(Searched, detail: $"{query.Describe()} rows={shown.Count}");
        await db.SaveChangesAsync(ct);
        return new(shown, found.Count > PageSize ? page[^1].Sequence : null);
    }

    /// <summary>One row. Null when there is none, or it is not this actor's to read.</summary>
    public async Task<AuditEvent?> FindAsync(AdminActor actor, long sequence, CancellationToken ct)
    {
        var row = await (await reading.RowAsync(actor, sequence, ct)).SingleOrDefaultAsync(ct);
        trail.Add(Searched, detail: string.Create(CultureInfo.InvariantCulture, $"sequence={sequence} rows={(row is null ? 0 : 1)}"));
        await db.SaveChangesAsync(ct);
        return row;
    }
}

/// <param name="OlderThan">Key of the next page; null at the end.</param>
public sealed record AuditSlice(IReadOnlyList<AuditEvent> Rows, long? OlderThan);
