using Identity.Domain.Failures;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Pages.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Oidc.Authorize;

/// <summary>Stops an application and this server from sending a person to and fro: a page says whose fault it is and lets them try once more.</summary>
public sealed class BouncedRequests(BounceWatch watch, ParkedRequests parked, LoginProblems problems, IdentityDb db, TimeProvider clock)
{
    /// <summary>How far back an answer of the circle can lie.</summary>
    private static readonly TimeSpan Circle = TimeSpan.FromMinutes(1);

    /// <summary>True when the page is shown instead of an answer. Who was asked something in between is in no circle; that answer only counts.</summary>
    public async Task<bool> StopAsync(HttpContext http, AuthorizeRequest request, Session session, PendingAuthentication? pending)
    {
        if (request.IsSilent) return false;
        if (pending is not null || !watch.IsBounced(http, request.Client))
        {
            watch.Answered(http, request.Client);
            return false;
        }
        watch.Forget(http);
        await ShowAsync(http, request, session);
        return true;
    }

    private async Task ShowAsync(HttpContext http, AuthorizeRequest request, Session session)
    {
        var ct = http.RequestAborted;
        var parkedNow = await parked.ParkAsync(http, request.ToPark());
        var pending = await db.PendingAuthentications.SingleAsync(p => p.Id == parkedNow.Id, ct);
        var now = clock.GetUtcNow();
        // Says whether the application even fetched what it was given: the two halves of this fault lie in different places.
        var hasFetched = await db.Grants.AnyAsync(g => g.SessionId == session.Id && g.ClientId == request.Client.ClientId && g.CreatedAt > now - Circle, ct);
        pending.Reach(SignInStep.Answered, now);
        pending.Reach(SignInStep.Token, now, hasFetched ? SignInSteps.Ok : "not_fetched");
        problems.Note(pending, "signin.bounced", ProblemKind.Bounced, connector: null, hasFetched ? "tokens fetched" : "tokens not fetched", SignInStep.App);
        await db.SaveChangesAsync(ct);
        http.SeeOther(LoginAddress.Page(pending.Id, "problem"));
    }
}
