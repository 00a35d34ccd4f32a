using Microsoft.Data.Sqlite;

namespace Identity.Domain.Storage.Sqlite;

/// <summary>One open connection and the statements compiled on it so far. For one thread at a time.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _compiled = new(StringComparer.Ordinal);

    public SqliteStatements(string connectionString)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = SqliteConnectionSettings.Pragmas;
        command.ExecuteNonQuery();
    }

    public T InTransaction<T>(Func<SqliteStatements, T> work)
    {
        // At once a writer: a reader that turns into one later may find that it read something old.
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work(this);
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    public void Dispose()
    {
        foreach (var command in _compiled.Values) command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_compiled.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _compiled.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = Stored(values[i]);
        return command;
    }

    /// <summary>As the mapper stores it.</summary>
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.UtcDateTime,
        _ => value,
    };

    private void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The engine has rolled back by itself, as it does when the disk is full; the first error is the one to tell.
        }
    }
}
