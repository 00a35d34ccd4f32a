using Identity.Domain.Assurance;
using Identity.Domain.Factors;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;

namespace Identity.Server.Login.Factors;

/// <summary>
/// The way back for whoever lost every second factor. Nobody may take it who has a stronger way in: the e-ID proves more than a day of
/// waiting. The first factor is proved freshly both times, so a session that was left open is not enough.
/// </summary>
public sealed class Recovery(IdentityDb db, PersonFactors factors, RecoveryRequests requests, ParkedRequests parked, TimeProvider clock)
{
    private static readonly AssuranceRequirement Present = new(1, TimeSpan.FromMinutes(10));

    /// <summary>A sign-in of the account's own, through any way in; it ends where lost methods are removed and new ones added.</summary>
    public Task<PendingAuthentication> ProveAgainAsync(HttpContext http) =>
        parked.ParkAsync(http, WaitingRequest.OfAccount("/account/identities") with { ForceLogin = true });

    public Task<bool> BeginAsync(Session session, CancellationToken ct) => ChangeAsync(session, async facts =>
    {
        await requests.BeginAsync(session.PersonId, facts, ct);
        return true;
    }, ct);

    public Task<bool> UseAsync(Session session, CancellationToken ct) => ChangeAsync(session, facts => requests.UseAsync(session.PersonId, facts, ct), ct);

    private async Task<bool> ChangeAsync(Session session, Func<NoticeFacts, Task<bool>> change, CancellationToken ct)
    {
        var own = await factors.OfAsync(session.PersonId, ct);
        if (own.StrongLink || !own.HasSecondFactor) return false;
        if (AssurancePolicy.Missing(session.Context(), Present, clock.GetUtcNow()) != MissingAssurance.None) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await change(new NoticeFacts { SessionId = session.Id, Device = session.Device })) return false;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
