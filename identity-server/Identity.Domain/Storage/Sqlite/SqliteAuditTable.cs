using Identity.Domain.Audit;

namespace Identity.Domain.Storage.Sqlite;

/// <summary>One transaction for the batch, in the same queue as everything else that this node writes by hand.</summary>
internal sealed class SqliteAuditTable(SqliteLane lane) : IAuditTable
{
    public Task InsertAsync(IReadOnlyList<AuditEvent> rows, CancellationToken ct) => lane.WriteAsync(db =>
    {
        foreach (var row in rows) Insert(db, row, row.PersonId, row.ClientId, row.SessionId, row.Connector);
        return rows.Count;
    }, ct);

    /// <summary>One row about whom a statement of the same transaction has found.</summary>
    internal static void Insert(SqliteStatements db, AuditEvent row, Guid? personId, string? clientId, Guid? sessionId, string? connector) => db.Execute(AuditInsert.Statement,
        row.At, row.Name, row.Outcome, row.Reason, row.Actor, personId, clientId, sessionId, connector, row.Reference, row.Address, row.Port, row.Detail);
}
