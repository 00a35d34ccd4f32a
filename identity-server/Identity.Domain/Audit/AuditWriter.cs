using System.Threading.Channels;
using Identity.Domain.Storage;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Audit;

/// <summary>
/// Writes rows that record an answer and change nothing else. While one batch is being committed the next one gathers, so a lone
/// caller never waits for company and a crowd shares its commits. Nobody goes on before the commit of their row.
/// </summary>
public sealed class AuditWriter : IAsyncDisposable
{
    private const int LargestBatch = 500;

    private readonly IAuditTable _table;
    private readonly TimeSpan _patience;
    private readonly Channel<Waiting> _queue;
    private readonly Task _work;

    public AuditWriter(IAuditTable table, IOptions<AuditOptions> options)
    {
        (_table, _patience) = (table, options.Value.QueuePatience);
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
        // Not on the constructing request's context: the loop outlives it.
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Returns when the row is committed.</summary>
    /// <exception cref="AuditUnavailableException">The row may be lost, so the caller must not answer as if it stood in the trail.</exception>
    public async Task WriteAsync(AuditEvent entry, CancellationToken ct)
    {
        var waiting = new Waiting(entry, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(waiting)) await QueueAsync(waiting, ct);
        await waiting.Committed.Task.WaitAsync(ct);
    }

    /// <summary>Writes what has been queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _work;
    }

    private async Task QueueAsync(Waiting waiting, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        try
        {
            await _queue.Writer.WriteAsync(waiting, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new AuditUnavailableException("The audit queue is full.");
        }
        catch (ChannelClosedException)
        {
            throw new AuditUnavailableException("The node is stopping.");
        }
    }

    private async Task WorkAsync()
    {
        var batch = new List<Waiting>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var next)) batch.Add(next);
            await CommitAsync(batch);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        try
        {
            await _table.InsertAsync([.. batch.Select(w => w.Entry)], CancellationToken.None);
            foreach (var waiting in batch) waiting.Committed.SetResult();
        }
        catch (Exception failure)
        {
            // Never tried again here: after a lost connection nobody knows whether the commit happened, and a row must not stand twice.
            foreach (var waiting in batch) waiting.Committed.SetException(new AuditUnavailableException("The audit row could not be written.", failure));
        }
    }

    private readonly record struct Waiting(AuditEvent Entry, TaskCompletionSource Committed);
}

/// <summary>Nothing may be answered that the trail does not hold: try again later.</summary>
public sealed class AuditUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
