using System.Diagnostics.Metrics;
using Identity.Domain.Statistics;
using Identity.Domain.Storage;

namespace Identity.Server.Telemetry;

/// <summary>
/// Hands what <see cref="ServerMeter"/> counts to the tally that all nodes share, and writes it every few seconds: administrators and
/// collectors see the same numbers.
/// </summary>
public sealed class TallyFeed(IServiceScopeFactory scopes, SignInTally tally, IMeterFactory meters, ILogger<TallyFeed> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly MeterListener _listener = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Of this server alone: a test process runs many.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServerMeter.Name && instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.SetMeasurementEventCallback<double>(CountWait);
        _listener.Start();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryOnceAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await tally.WriteAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct);
    }

    private void Count(Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == "identity.sign_ins" && Tag(tags, "connector") is { } connector and not "none" && Tag(tags, "outcome") is { } outcome) tally.Count(connector, outcome, measurement);
    }

    private void CountWait(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (Tag(tags, "connector") is not { } connector) return;
        // What a register took is nobody's sign-in.
        if (instrument.Name == "identity.upstream.duration" && Tag(tags, "step") is "complete" or "password") tally.Count(connector, SignInTally.Upstream, TimeSpan.FromSeconds(seconds));
        if (instrument.Name == "identity.away.duration") tally.Count(connector, SignInTally.Away, TimeSpan.FromSeconds(seconds));
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
            if (tag.Key == name) return tag.Value as string;
        return null;
    }
}
