using System.Text.Json;
using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;
using Identity.Server.Telemetry;

namespace Identity.Server.Login;

/// <summary>
/// The first half of a federated sign-in: out to the upstream and back. Judging an answer may take as long as the upstream likes, so
/// it runs on its own; the browser gets a page that waits, and the outcome lands in the parked request.
/// </summary>
public sealed class UpstreamTrips(IServiceScopeFactory scopes, ConnectorCatalog connectors, PersonalDataVault vault, ServerMeter meter, TimeProvider clock, ILogger<UpstreamTrips> log)
{
    /// <summary>An answer within this time needs no waiting page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public string Seal(PendingAuthentication pending, UpstreamTransaction transaction) =>
        vault.Seal(VaultPurpose.UpstreamTransaction, pending.Id, JsonSerializer.Serialize(transaction));

    /// <summary>True when the outcome is in the parked request already, false when it will be there later.</summary>
    public async Task<bool> CompleteAsync(PendingAuthentication pending, string sealedTrip, UpstreamCallback callback, RequestOrigin origin)
    {
        var transaction = JsonSerializer.Deserialize<UpstreamTransaction>(vault.Open(VaultPurpose.UpstreamTransaction, pending.Id, sealedTrip))!;
        var work = JudgeAsync(pending.Id, pending.Connector!, transaction, callback, origin);
        return await Task.WhenAny(work, Task.Delay(Patience, clock)) == work;
    }

    private async Task JudgeAsync(string pendingId, string connector, UpstreamTransaction transaction, UpstreamCallback callback, RequestOrigin origin)
    {
        try
        {
            var began = clock.GetTimestamp();
            var outcome = connectors.FindRedirect(connector) is { } running
                ? await running.CompleteAsync(callback, transaction, CancellationToken.None)
                : new UpstreamOutcome.Failed(UpstreamFailure.Unreachable, "the connector was disabled on the way");
            meter.Upstream(connector, "complete", (outcome as UpstreamOutcome.Failed)?.Why, clock.GetElapsedTime(began));
            await RecordAsync(pendingId, connector, outcome, origin);
        }
        catch (Exception e)
        {
            log.SignInBroke(connector, e);
            await TryRecordAsync(pendingId, connector, origin);
        }
    }

    /// <summary>The person waits for an outcome: without one, the waiting page would have to run out.</summary>
    private async Task TryRecordAsync(string pendingId, string connector, RequestOrigin origin)
    {
        try
        {
            await RecordAsync(pendingId, connector, outcome: null, origin);
        }
        catch (Exception e)
        {
            // The database is away as well; the waiting page ends by its own count.
            log.SignInBroke(connector, e);
        }
    }

    /// <param name="outcome">Null when it broke on our side.</param>
    private async Task RecordAsync(string pendingId, string connector, UpstreamOutcome? outcome, RequestOrigin origin)
    {
        // A scope of its own: the request may be over, with its database context, before the upstream has answered.
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        (services.GetRequiredService<RequestOrigin>().Address, services.GetRequiredService<RequestOrigin>().Port) = (origin.Address, origin.Port);
        var db = services.GetRequiredService<IdentityDb>();
        if (await db.PendingAuthentications.FindAsync(pendingId) is not { ConcludedAt: null } pending) return;
        var problems = services.GetRequiredService<LoginProblems>();
        switch (outcome)
        {
            case UpstreamOutcome.Authenticated { Identity: var identity }:
                pending.Problem = null;
                pending.Reach(SignInStep.Judged, clock.GetUtcNow());
                if (SignInSteps.TimeAway(pending.Steps) is { } away) meter.Away(connector, away);
                services.GetRequiredService<FederatedSignIn>().Keep(pending, identity);
                break;
            case UpstreamOutcome.Cancelled:
                problems.Note(pending, "signin.cancelled", ProblemKind.Cancelled, connector, "cancelled at the upstream");
                break;
            case UpstreamOutcome.Failed { Why: var why, Detail: var detail }:
                problems.Note(pending, "signin.failed", ProblemShape.From(why), connector, $"{why}: {detail}");
                break;
            case null:
                problems.Note(pending, "signin.failed", ProblemKind.OurSide, connector, "an error on our side; see the log");
                break;
        }
        await db.SaveChangesAsync();
    }
}
