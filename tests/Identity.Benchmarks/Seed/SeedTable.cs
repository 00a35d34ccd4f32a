using Npgsql;
using NpgsqlTypes;

namespace Identity.Benchmarks.Seed;

/// <summary>One table's rows in order, and how to write the n-th of them. The columns are the whole row: a new one without a default makes COPY fail, not lie.</summary>
/// <param name="Bytes">What a row takes on disk with its indexes, measured; for the check of free space.</param>
internal sealed record SeedTable(string Name, long Rows, int Bytes, IReadOnlyList<SeedColumn> Columns)
{
    /// <summary>Few enough for a visible progress, many enough for the COPY to be worth it.</summary>
    private const int ChunkRows = 250_000;

    public string CopyStatement => $"COPY {Name} ({string.Join(", ", Columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)";

    public IEnumerable<(long From, long To)> Chunks()
    {
        for (long from = 0; from < Rows; from += ChunkRows) yield return (from, Math.Min(Rows, from + ChunkRows));
    }

    public async Task WriteAsync(NpgsqlConnection connection, long from, long to, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopyStatement, ct);
        for (var n = from; n < to; n++)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in Columns) await column.Write(copy, n, ct);
        }
        await copy.CompleteAsync(ct);
    }
}

internal sealed record SeedColumn(string Name, Func<NpgsqlBinaryImporter, long, CancellationToken, Task> Write)
{
    public static SeedColumn Id(string name, Func<long, Guid> value) => Of(name, NpgsqlDbType.Uuid, value);
    public static SeedColumn Text(string name, Func<long, string> value) => Of(name, NpgsqlDbType.Varchar, value);
    public static SeedColumn Text(string name, string value) => Text(name, _ => value);
    public static SeedColumn Number(string name, Func<long, int> value) => Of(name, NpgsqlDbType.Integer, value);
    public static SeedColumn Moment(string name, Func<long, DateTime> value) => Of(name, NpgsqlDbType.TimestampTz, value);
    public static SeedColumn Flag(string name, Func<long, bool> value) => Of(name, NpgsqlDbType.Boolean, value);

    public static SeedColumn OptionalText(string name, Func<long, string?> value) =>
        new(name, (copy, n, ct) => value(n) is { } text ? copy.WriteAsync(text, NpgsqlDbType.Varchar, ct) : copy.WriteNullAsync(ct));

    private static SeedColumn Of<T>(string name, NpgsqlDbType type, Func<long, T> value) => new(name, (copy, n, ct) => copy.WriteAsync(value(n), type, ct));
}
