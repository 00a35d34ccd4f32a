using Identity.Domain.Administration;
using Identity.Domain.Audit;

namespace Identity.Admin.SignIn;

/// <summary>
/// Who stands behind this request. Asked of the database every time: a session that ended on the public host, a person who was
/// suspended and a role that was taken are over here with the next click.
/// </summary>
internal sealed class SignedInActor(RequestDelegate next)
{
    /// <summary>The cookie is written again when it is this old, and not with every picture.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext http, AdminCookies cookies, AdminSessions sessions, RequestOrigin origin, TimeProvider clock)
    {
        if (cookies.ReadVisit(http) is { } visit && await sessions.FindAsync(visit.Sid, http.RequestAborted) is { } actor)
        {
            http.Features.Set(actor);
            origin.Actor = actor.Name;
            if (clock.GetUtcNow() - visit.SeenAt > SeenStep) cookies.WriteVisit(http, visit.Sid);
        }
        await next(http);
    }
}
