using Identity.Domain.Mail;
using Identity.Domain.Storage;
using Identity.Server.Startup;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.MailOut;

/// <summary>Counts for telemetry what is owed and what was given up; runs only where telemetry does.</summary>
public sealed class MailBacklog(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MailBacklog> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private long _pending;
    private long _failed;
    private long _expired;
    private double _oldest;

    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>Within the time that rows are kept.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public long Expired => Interlocked.Read(ref _expired);

    /// <summary>Age in seconds of the mail that waits longest.</summary>
    public double Oldest => Volatile.Read(ref _oldest);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var counts = await db.OutgoingMails.GroupBy(m => m.State).Select(g => new { State = g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.State, g => g.Count, ct);
        var first = await db.OutgoingMails.Where(m => m.State == MailState.Pending).MinAsync(m => (DateTimeOffset?)m.CreatedAt, ct);
        Interlocked.Exchange(ref _pending, counts.GetValueOrDefault(MailState.Pending));
        Interlocked.Exchange(ref _failed, counts.GetValueOrDefault(MailState.Failed));
        Interlocked.Exchange(ref _expired, counts.GetValueOrDefault(MailState.Expired));
        Volatile.Write(ref _oldest, first is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0);
    }
}
