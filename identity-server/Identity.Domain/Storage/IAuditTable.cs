using Identity.Domain.Audit;

namespace Identity.Domain.Storage;

/// <summary>The hand-written batch insert of each engine. One caller at a time.</summary>
public interface IAuditTable
{
    /// <summary>All rows in one commit, or none and an exception.</summary>
    Task InsertAsync(IReadOnlyList<AuditEvent> rows, CancellationToken ct);
}
