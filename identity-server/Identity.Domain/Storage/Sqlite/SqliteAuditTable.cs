using Identity.Domain.Audit;
using Microsoft.Data.Sqlite;

namespace Identity.Domain.Storage.Sqlite;

/// <summary>One connection for the node's life, so that the statement stays prepared; it is opened with the first row.</summary>
internal sealed class SqliteAuditTable(string connectionString) : IAuditTable, IDisposable
{
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;

    public Task InsertAsync(IReadOnlyList<AuditEvent> rows, CancellationToken ct)
    {
        try
        {
            Insert(_connection ??= Open(), rows);
            return Task.CompletedTask;
        }
        catch
        {
            // Whatever is wrong with the connection, the next batch gets a new one.
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private void Insert(SqliteConnection connection, IReadOnlyList<AuditEvent> rows)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var insert = _insert ??= Prepare(connection, rows[0]);
        insert.Transaction = transaction;
        foreach (var row in rows)
        {
            AuditInsert.Replace(insert.Parameters, 0, row);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqliteConnectionSettings.Pragmas;
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, AuditEvent row)
    {
        var insert = connection.CreateCommand();
        insert.CommandText = AuditInsert.Statement;
        AuditInsert.Add(insert.Parameters, row);
        return insert;
    }

    private void Close()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _connection) = (null, null);
    }
}
