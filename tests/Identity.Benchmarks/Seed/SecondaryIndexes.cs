using Npgsql;

namespace Identity.Benchmarks.Seed;

/// <summary>Taken away before a bulk load and made again after it: building one from sorted rows costs a fraction of filling it row by row.</summary>
internal sealed class SecondaryIndexes(IReadOnlyList<(string Name, string Drop, string Create)> definitions)
{
    // Primary keys go as well, unless a foreign key leans on them.
    private const string Definitions = """
        SELECT i.relname,
               CASE WHEN c.oid IS NULL THEN 'DROP INDEX ' || quote_ident(i.relname)
                    ELSE 'ALTER TABLE ' || quote_ident(t.relname) || ' DROP CONSTRAINT ' || quote_ident(c.conname) END,
               CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.oid)
                    ELSE 'ALTER TABLE ' || quote_ident(t.relname) || ' ADD CONSTRAINT ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid) END
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.contype = 'p'
        WHERE t.relname = ANY ($1) AND t.relnamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.confrelid = t.oid AND f.contype = 'f' AND x.indisprimary)
        ORDER BY t.relname, i.relname
        """;

    public static async Task<SecondaryIndexes> DropAsync(NpgsqlDataSource database, IEnumerable<string> tables, CancellationToken ct)
    {
        var found = new List<(string, string, string)>();
        await using (var command = database.CreateCommand(Definitions))
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tables] });
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) found.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        }
        foreach (var (_, drop, _) in found) await Sql.RunAsync(database, drop, ct);
        return new(found);
    }

    /// <summary>Not cancelled: a database without its indexes is worse than a late Ctrl-C.</summary>
    public async Task CreateAsync(NpgsqlDataSource database, Action<string> say)
    {
        foreach (var (name, _, create) in definitions)
        {
            say($"index {name}");
            await Sql.RunAsync(database, create, CancellationToken.None);
        }
    }
}

internal static class Sql
{
    public static async Task RunAsync(NpgsqlDataSource database, string statement, CancellationToken ct)
    {
        await using var command = database.CreateCommand(statement);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T> ReadAsync<T>(NpgsqlDataSource database, string query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(query);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }
}
