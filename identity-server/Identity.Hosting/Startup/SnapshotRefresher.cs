using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

/// <summary>Follows the stored revision, and lets the keys keep their timetable.</summary>
public sealed class SnapshotRefresher(NodeSnapshot snapshot, IOptions<NodeOptions> options, TimeProvider clock, ILogger<SnapshotRefresher> log)
    : RepeatedWork(options.Value.PollInterval, log)
{
    private static readonly TimeSpan KeyPeriod = TimeSpan.FromHours(1);
    private DateTimeOffset _keysSeenAt = clock.GetUtcNow();

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow() - _keysSeenAt >= KeyPeriod)
        {
            await snapshot.MaintainKeysAsync(ct);
            _keysSeenAt = clock.GetUtcNow();
        }
        await snapshot.RefreshIfStaleAsync(ct);
    }
}
