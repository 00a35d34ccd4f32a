using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>What can be said of the seals beside a search, and a check of the newest blocks. The whole trail is for <c>audit verify</c> with a pinned key.</summary>
public sealed class AuditChecks(IdentityDb db, AuditSealKeys keys, AuditTrail trail)
{
    public const string Verified = "audit.verified";

    /// <summary>Some seconds of work at most.</summary>
    private const int Blocks = 20;

    /// <summary>More is said as "more than".</summary>
    private const int MostUnsealed = 10_000;

    public async Task<AuditState> StateAsync(CancellationToken ct)
    {
        var last = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Number).Select(s => new { s.Number, s.LastSequence, s.SealedAt }).FirstOrDefaultAsync(ct);
        var after = last?.LastSequence ?? 0;
        var unsealed = await db.AuditEvents.Where(e => e.Sequence > after).Take(MostUnsealed + 1).CountAsync(ct);
        var check = await LastAsync(ct);
        return new(last?.Number, last?.SealedAt, unsealed, unsealed > MostUnsealed) { CheckedAt = check?.At, Problem = check?.Problem };
    }

    /// <summary>Null before the first.</summary>
    public Task<LastCheck?> LastAsync(CancellationToken ct) =>
        db.AuditEvents.AsNoTracking().Where(e => e.Name == Verified).OrderByDescending(e => e.Sequence).Select(e => new LastCheck(e.At, e.Reason)).FirstOrDefaultAsync(ct);

    public async Task<AuditReport> VerifyAsync(CancellationToken ct)
    {
        var last = await db.AuditSeals.MaxAsync(s => (long?)s.Number, ct) ?? 0;
        var first = Math.Max(1, last - Blocks + 1);
        var report = await new AuditVerifier(await DatabaseEvidence.OpenAsync(db, keys, first, ct), []).VerifyAsync(ct);
        trail.Add(Verified, report.Fault?.Problem.ToString(), detail: $"blocks={first}-{last} rows={report.Rows}");
        await db.SaveChangesAsync(ct);
        return report;
    }
}

/// <param name="Block">Newest sealed block.</param>
public sealed record AuditState(long? Block, DateTimeOffset? SealedAt, int Unsealed, bool IsMore)
{
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>One word of <see cref="AuditProblem"/>; null when the last check found the trail whole.</summary>
    public string? Problem { get; init; }
}

/// <param name="Problem">As in <see cref="AuditState"/>.</param>
public sealed record LastCheck(DateTimeOffset At, string? Problem);
