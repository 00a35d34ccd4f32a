using Identity.Domain.Mail;
using Identity.Server.Startup;
using Microsoft.Extensions.Options;

namespace Identity.Server.MailOut;

/// <summary>Sends what is due. Every node asks; the one that gets the lock takes the next few.</summary>
public sealed class MailWorker(IServiceScopeFactory scopes, MailCourier courier, IOptions<MailOptions> options, IOptions<NodeOptions> node, ILogger<MailWorker> log)
    : RepeatedWork(node.Value.PollInterval, log)
{
    /// <summary>Connections at a time; relays mind more.</summary>
    private const int AtOnce = 4;

    /// <summary>A claim outlives the longest attempt, so that nobody sends the same mail at the same time.</summary>
    private TimeSpan Claim => options.Value.Timeout + TimeSpan.FromSeconds(30);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        while (await TakeAsync(ct) is { Count: > 0 } taken) await Task.WhenAll(taken.Select(id => courier.DeliverAsync(id, ct)));
    }

    private async Task<IReadOnlyList<Guid>> TakeAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<MailOutbox>();
        return options.Value.IsConfigured
            ? await outbox.TakeAsync(AtOnce, options.Value.PerMinute, Claim, ct)
            : await outbox.TakeExpiredAsync(AtOnce, Claim, ct);
    }
}
