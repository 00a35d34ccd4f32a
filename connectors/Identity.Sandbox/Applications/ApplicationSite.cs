namespace Identity.Sandbox.Applications;

/// <summary>One provincial application as its owner would have built it, on somebody else's libraries.</summary>
internal sealed class ApplicationSite(SampleApplication application, string authority, TimeProvider clock)
{
    public void Map(RouteGroupBuilder site)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
            { Timeout = TimeSpan.FromSeconds(60) };
        var memory = new ApplicationMemory(clock);
        var cookies = new ApplicationCookies(application, memory);
        var metadata = new ProviderMetadata(authority, http, clock);
        var judge = new TokenJudge(application, metadata, clock);
        var sessions = new SessionMaker(new ProviderClient(application, http), new IdTokenCheck(application, judge, clock));

        var home = new HomePage(application, metadata, sessions, memory, cookies);
        site.MapGet("/", home.Show);
        site.MapPost("/refresh", home.RefreshAsync);
        site.MapGet("/_sandbox/state", home.State);
        site.MapGet("/signin", new SignIn(application, metadata, memory, cookies).StartAsync);
        site.MapMethods("/callback", ["GET", "POST"], new Callback(application, metadata, sessions, memory, cookies).FinishAsync);
        if (application.HasProtectedDocument) site.MapGet(ProtectedDocument.Path, new ProtectedDocument(application, cookies).Show);
        var signOut = new SignOut(application, metadata, memory, cookies);
        site.MapPost("/signout", signOut.StartAsync);
        site.MapGet("/signed-out", signOut.Finish);
        site.MapPost("/backchannel-logout", new BackChannelLogout(judge, memory, clock).HandleAsync);
    }
}
