using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Failures;

/// <summary>What stands behind a reference code, for whoever helps the person that reads it out. Every look is written down.</summary>
public sealed class FailureTimeline(IdentityDb db, AuditTrail trail)
{
    private const int DigitCount = 9;

    /// <summary>Null when the code is none, or nobody knows it any more. Commits the look together with nothing else.</summary>
    public async Task<FailureReport?> LookUpAsync(string spoken, CancellationToken ct)
    {
        if (Canonical(spoken) is not { } reference) return null;
        var record = await db.FailureRecords.AsNoTracking().Where(f => f.Reference == reference).OrderByDescending(f => f.At).FirstOrDefaultAsync(ct);
        var entries = await db.AuditEvents.AsNoTracking().Where(a => a.Reference == reference && a.Name != Looked).OrderBy(a => a.Sequence).ToListAsync(ct);
        trail.Add(Looked, record is null && entries.Count == 0 ? "unknown" : null, reference: reference);
        await db.SaveChangesAsync(ct);
        if (record is null && entries.Count == 0) return null;
        return new(reference, record, SignInSteps.Read(record?.Steps), entries, FailureAdvice.For(record?.Problem ?? entries[0].Reason));
    }

    public const string Looked = "failure.looked_up";

    /// <summary><c>AB-482-915-307</c>, however it was typed: people leave out dashes, and clerks write in capitals or do not.</summary>
    public static string? Canonical(string spoken)
    {
        var signs = spoken.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).ToArray();
        if (signs.Length != 2 + DigitCount || !signs[..2].All(char.IsAsciiLetterUpper) || !signs[2..].All(char.IsAsciiDigit)) return null;
        return $"{new string(signs[..2])}-{new string(signs[2..5])}-{new string(signs[5..8])}-{new string(signs[8..])}";
    }
}

/// <param name="Record">Null for failures outside a sign-in (an application set up wrongly, an error page), which have a row in the trail only.</param>
/// <param name="Steps">In order; empty when there is no record.</param>
/// <param name="Entries">Rows of the trail with this code.</param>
public sealed record FailureReport(string Reference, FailureRecord? Record, IReadOnlyList<SignInStepTaken> Steps, IReadOnlyList<AuditEvent> Entries, FailureAdvice Advice);
