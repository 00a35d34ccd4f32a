using Identity.Domain.Audit;
using Npgsql;
using NpgsqlTypes;

namespace Identity.Domain.Storage.PostgreSql;

/// <summary>A column is one array: the statement is the same for one row and for five hundred, so it stays prepared.</summary>
internal sealed class PostgreSqlAuditTable(NpgsqlDataSource source) : IAuditTable
{
    private static readonly string Statement = $"INSERT INTO audit_events ({AuditInsert.Columns}) SELECT * FROM unnest({AuditInsert.Values(1)})";

    public async Task InsertAsync(IReadOnlyList<AuditEvent> rows, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Statement);
        Add(NpgsqlDbType.TimestampTz, rows, r => r.At.UtcDateTime);
        Add(NpgsqlDbType.Text, rows, r => r.Name);
        Add(NpgsqlDbType.Text, rows, r => r.Outcome);
        Add(NpgsqlDbType.Text, rows, r => r.Reason);
        Add(NpgsqlDbType.Text, rows, r => r.Actor);
        Add(NpgsqlDbType.Uuid, rows, r => r.PersonId);
        Add(NpgsqlDbType.Text, rows, r => r.ClientId);
        Add(NpgsqlDbType.Uuid, rows, r => r.SessionId);
        Add(NpgsqlDbType.Text, rows, r => r.Connector);
        Add(NpgsqlDbType.Text, rows, r => r.Reference);
        Add(NpgsqlDbType.Text, rows, r => r.Address);
        Add(NpgsqlDbType.Integer, rows, r => r.Port);
        Add(NpgsqlDbType.Text, rows, r => r.Detail);
        await command.ExecuteNonQueryAsync(ct);

        void Add<T>(NpgsqlDbType type, IReadOnlyList<AuditEvent> from, Func<AuditEvent, T> column) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. from.Select(column)] });
    }
}
