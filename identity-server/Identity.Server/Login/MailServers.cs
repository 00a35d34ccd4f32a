using Identity.Protocols.Federation;
using Identity.Server.Telemetry;

namespace Identity.Server.Login;

/// <summary>Asks the server that a mailbox is at, and measures what it took.</summary>
public sealed class MailServers(ConnectorCatalog connectors, ServerMeter meter, TimeProvider clock)
{
    public async Task<UpstreamOutcome> AskAsync(string connector, PasswordAttempt attempt, CancellationToken ct)
    {
        if (connectors.FindPassword(connector) is not { } running) return new UpstreamOutcome.Failed(UpstreamFailure.Unreachable, "the connector, or the directory that it needs, is not enabled");
        var began = clock.GetTimestamp();
        var outcome = await running.AuthenticateAsync(attempt, ct);
        meter.Upstream(connector, "password", (outcome as UpstreamOutcome.Failed)?.Why, clock.GetElapsedTime(began));
        return outcome;
    }
}
