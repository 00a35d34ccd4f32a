using Identity.Domain.Administration;
using Identity.Protocols.Federation;

namespace Identity.Admin.SignIn;

/// <summary>In and out of this host, by the authorization code flow of the public one.</summary>
internal static class SignInEndpoints
{
    public const string CallbackPath = "/signin/callback";

    public static WebApplication MapSignIn(this WebApplication app)
    {
        app.MapGet("/signin", StartAsync);
        app.MapGet(CallbackPath, CompleteAsync);
        app.MapGet("/signed-out", () => Results.Extensions.SeeOther("/"));
        return app;
    }

    /// <param name="return">A path of this host, where the person wanted to go.</param>
    private static async Task<IResult> StartAsync(HttpContext http, Provider provider, AdminCookies cookies, PageLanguage language, string? @return, CancellationToken ct)
    {
        switch (await provider.Connector.StartAsync(new UpstreamRequest(provider.Callback, ForceLogin: false, LoginHint: null, language.Current), ct))
        {
            case UpstreamStart.Redirect redirect:
                cookies.WriteTrip(http, redirect.Transaction, LocalPath.Of(@return));
                return Results.Extensions.SeeOther(redirect.Address.AbsoluteUri);
            default:
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> CompleteAsync(HttpContext http, Provider provider, AdminCookies cookies, AdminSessions sessions, string? state, CancellationToken ct)
    {
        // A second tab, the back button, an old bookmark: the way in begins again and costs one redirect, since the session is there.
        if (cookies.TakeTrip(http, state ?? "", provider.Callback) is not { } trip) return Results.Extensions.SeeOther("/");
        var outcome = await provider.Connector.CompleteAsync(new UpstreamCallback(http.Request.QueryString.Value ?? "", new Dictionary<string, string>()), trip.Transaction, ct);
        switch (outcome)
        {
            case UpstreamOutcome.Authenticated { Identity: var identity }:
                var sid = identity.Find(Provider.SessionClaim)!;
                if (await sessions.EnterAsync(sid, ct) is null) return Results.StatusCode(StatusCodes.Status403Forbidden);
                cookies.WriteVisit(http, sid);
                return Results.Extensions.SeeOther(trip.ReturnTo);
            case UpstreamOutcome.Cancelled:
                return Results.Extensions.SeeOther("/welcome");
            default:
                return Results.StatusCode(StatusCodes.Status502BadGateway);
        }
    }
}

internal static class LocalPath
{
    /// <summary>A path of this host; anything else becomes the front page (R10).</summary>
    public static string Of(string? path) => path is ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : "/";
}
