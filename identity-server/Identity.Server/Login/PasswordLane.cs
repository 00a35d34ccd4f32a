using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>
/// Checking a password is dear on purpose, and anybody may ask for it. So only a few are checked at a time, on threads of their own:
/// a storm of sign-ins waits here, while tokens, for which nothing dear is computed, go by.
/// </summary>
public sealed class PasswordLane(IOptions<LoginOptions> options) : IDisposable
{
    /// <summary>A full queue has moved on by then.</summary>
    public static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.PasswordsAtOnce,
        QueueLimit = options.Value.PasswordQueue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public long Running => options.Value.PasswordsAtOnce - (_places.GetStatistics()?.CurrentAvailablePermits ?? 0);
    public long Waiting => _places.GetStatistics()?.CurrentQueuedCount ?? 0;
    public long Refused => _places.GetStatistics()?.TotalFailedLeases ?? 0;

    /// <summary>A place, kept until it is disposed; null when too many wait already.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken ct)
    {
        var lease = await _places.AcquireAsync(1, ct);
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        return null;
    }

    /// <summary>Not on the pool's threads: there are about as many as cores, and every request needs one.</summary>
    public static Task<bool> CheckAsync(Func<bool> check) =>
        Task.Factory.StartNew(check, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => _places.Dispose();
}
