using System.Text.Json;
using Identity.Domain.Audit;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Login;

/// <summary>
/// The first half of a federated sign-in: out to the upstream and back. Judging an answer may take as long as the upstream likes, so
/// it runs on its own; the browser gets a page that waits, and the outcome lands in the parked request.
/// </summary>
public sealed class UpstreamTrips(IServiceScopeFactory scopes, ConnectorCatalog connectors, PersonalDataVault vault, TimeProvider clock, ILogger<UpstreamTrips> log)
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
        // A scope of its own: the request may be over, with its database context, before the upstream has answered.
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var outcome = connectors.FindRedirect(connector) is { } running
                ? await running.CompleteAsync(callback, transaction, CancellationToken.None)
                : new UpstreamOutcome.Failed(UpstreamFailure.Unreachable, "the connector was disabled on the way");
            await RecordAsync(scope.ServiceProvider, pendingId, connector, outcome, origin);
        }
        catch (Exception e)
        {
            log.SignInBroke(connector, e);
        }
    }

    private static async Task RecordAsync(IServiceProvider services, string pendingId, string connector, UpstreamOutcome outcome, RequestOrigin origin)
    {
        (services.GetRequiredService<RequestOrigin>().Address, services.GetRequiredService<RequestOrigin>().Port) = (origin.Address, origin.Port);
        var db = services.GetRequiredService<IdentityDb>();
        if (await db.PendingAuthentications.FindAsync(pendingId) is not { ConcludedAt: null } pending) return;
        var problems = services.GetRequiredService<LoginProblems>();
        switch (outcome)
        {
            case UpstreamOutcome.Authenticated { Identity: var identity }:
                pending.Problem = null;
                services.GetRequiredService<FederatedSignIn>().Keep(pending, identity);
                break;
            case UpstreamOutcome.Cancelled:
                problems.Note(pending, "signin.cancelled", ProblemKind.Cancelled, connector, "cancelled at the upstream");
                break;
            case UpstreamOutcome.Failed { Why: var why, Detail: var detail }:
                problems.Note(pending, "signin.failed", ProblemShape.From(why), connector, $"{why}: {detail}");
                break;
        }
        await db.SaveChangesAsync();
    }
}
