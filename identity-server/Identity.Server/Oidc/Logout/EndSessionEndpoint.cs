using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;

namespace Identity.Server.Oidc.Logout;

/// <summary>
/// <c>/connect/endsession</c> (OpenID Connect RP-Initiated Logout 1.0). Who shows a token of this very session is served at once;
/// everybody else's request is put before the person.
/// </summary>
public sealed class EndSessionEndpoint(EndSessionRequestReader reader, LoginSession login, LogoutFlow flow, BrowserCookies cookies, ErrorPage errors)
{
    public const string Path = "/connect/endsession";

    public static async Task HandleAsync(HttpContext http, EndSessionEndpoint endpoint)
    {
        var (parameters, problem) = await ParametersAsync(http);
        if (parameters is null) await endpoint.ShowAsync(http, new(OidcError.InvalidRequest(problem!), null));
        else await endpoint.RespondAsync(http, parameters);
    }

    private async Task RespondAsync(HttpContext http, RequestParameters parameters)
    {
        if (cookies.StayedBehind(http) && parameters.ToQuery() is { Length: <= RequestParameters.LongestAddress } query)
        {
            http.SeeOther($"{Path}?{query}");
            return;
        }
        switch (reader.Read(parameters))
        {
            case EndSessionVerdict.Shown shown:
                await ShowAsync(http, shown);
                break;
            case EndSessionVerdict.Valid { Request: var request }:
                await EndOrAskAsync(http, request);
                break;
        }
    }

    private async Task EndOrAskAsync(HttpContext http, EndSessionRequest request)
    {
        var ct = http.RequestAborted;
        BrowserCookies.Serve(http, request.Client);
        var session = await login.CurrentAsync(http, ct);
        var hinted = request.HintedSid is null ? null : await flow.SessionOfAsync(request, ct);
        // Nobody is signed in here any more, or exactly the session of the hint is. A hint of another session says nothing about
        // who sits here now (L13).
        var proven = request.HintedSid is not null && (session is null || session.Id == hinted);
        var parked = await flow.ParkAsync(http, request, session?.Id ?? hinted);
        http.SeeOther(proven ? await flow.EndAsync(http, parked, asked: true) : PageAddress(parked, request));
    }

    private static string PageAddress(LogoutRequest parked, EndSessionRequest request) =>
        LogoutFlow.Address(parked) + (request.UiLocales is { Length: <= 200 } locales ? $"?ui_locales={Uri.EscapeDataString(locales)}" : "");

    private Task ShowAsync(HttpContext http, EndSessionVerdict.Shown shown) => errors.ShowAsync(http, "logout.error_shown", shown.Error, shown.Client);

    private static async Task<(RequestParameters? Parameters, string? Problem)> ParametersAsync(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
            ? await BackChannelForm.ReadAsync(http)
            : (RequestParameters.Parse(http.Request.Query, out var problem), problem);
}
