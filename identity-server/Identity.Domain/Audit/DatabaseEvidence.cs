using System.Runtime.CompilerServices;
using Identity.Domain.Storage;
using Identity.Protocols.Jose;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>The live trail. Read a page at a time: memory stays flat, and blocks and rows can take turns on one connection.</summary>
public sealed class DatabaseEvidence : IAuditEvidence
{
    private const int BlockPage = 50;
    private const int RowPage = 2_000;
    private readonly IdentityDb _db;

    private DatabaseEvidence(IdentityDb db, IReadOnlyList<JsonWebKey> keys, AuditSeal? before) => (_db, Keys, Before) = (db, keys, before);

    public IReadOnlyList<JsonWebKey> Keys { get; }
    public AuditSeal? Before { get; }
    public long FirstBlock => (Before?.Number ?? 0) + 1;

    /// <param name="db">Left alone but for reading.</param>
    /// <param name="keys">Where the public halves are.</param>
    /// <param name="fromBlock">What lies before it is taken as proved earlier.</param>
    public static async Task<DatabaseEvidence> OpenAsync(IdentityDb db, AuditSealKeys keys, long fromBlock, CancellationToken ct) => new(db, await keys.AllAsync(ct),
        await db.AuditSeals.AsNoTracking().Where(s => s.Number < fromBlock).OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct));

    public async IAsyncEnumerable<AuditSeal> BlocksAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var after = Before?.Number ?? long.MinValue;
        List<AuditSeal> page;
        do
        {
            page = await _db.AuditSeals.AsNoTracking().Where(s => s.Number > after).OrderBy(s => s.Number).Take(BlockPage).ToListAsync(ct);
            foreach (var block in page) yield return block;
            if (page.Count > 0) after = page[^1].Number;
        }
        while (page.Count == BlockPage);
    }

    public async IAsyncEnumerable<AuditEvent> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var after = Before?.LastSequence ?? long.MinValue;
        List<AuditEvent> page;
        do
        {
            page = await _db.AuditEvents.AsNoTracking().Where(e => e.Sequence > after).OrderBy(e => e.Sequence).Take(RowPage).ToListAsync(ct);
            foreach (var row in page) yield return row;
            if (page.Count > 0) after = page[^1].Sequence;
        }
        while (page.Count == RowPage);
    }
}
