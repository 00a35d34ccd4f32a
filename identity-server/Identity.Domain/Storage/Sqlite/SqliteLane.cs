using System.Collections.Concurrent;

namespace Identity.Domain.Storage.Sqlite;

/// <summary>
/// Connections that stay open with their statements compiled. One writes, and those who want it queue here instead of polling the
/// file's lock; a handful read beside it.
/// </summary>
internal sealed class SqliteLane(string connectionString) : IDisposable
{
    private static readonly int Kept = Environment.ProcessorCount * 2;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentQueue<SqliteStatements> _readers = [];
    private SqliteStatements? _writer;
    private volatile bool _closed;

    public T Read<T>(Func<SqliteStatements, T> work)
    {
        var reader = _readers.TryDequeue(out var idle) ? idle : new SqliteStatements(connectionString);
        try
        {
            return work(reader);
        }
        finally
        {
            if (_closed || _readers.Count >= Kept) reader.Dispose();
            else _readers.Enqueue(reader);
        }
    }

    /// <summary>Commits when <paramref name="work"/> returns; undoes everything when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteStatements, T> work, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            _writer ??= new SqliteStatements(connectionString);
            return _writer.InTransaction(work);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        _writer?.Dispose();
        while (_readers.TryDequeue(out var reader)) reader.Dispose();
        _turn.Dispose();
    }
}
