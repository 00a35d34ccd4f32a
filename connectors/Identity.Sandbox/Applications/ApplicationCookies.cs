namespace Identity.Sandbox.Applications;

/// <summary>Cookies on localhost are sent to every port, so the names carry the application's key.</summary>
internal sealed class ApplicationCookies(SampleApplication application, ApplicationMemory memory)
{
    static readonly CookieOptions Rules = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true };

    string SessionName => $"sandbox_{application.Key}_session";

    string BrowserName => $"sandbox_{application.Key}_browser";

    public ApplicationSession? Session(HttpContext http) => memory.Sessions.Find(http.Request.Cookies[SessionName]);

    public void SignIn(HttpContext http, ApplicationSession session)
    {
        memory.Sessions.Take(http.Request.Cookies[SessionName]);
        http.Response.Cookies.Append(SessionName, memory.Sessions.Add(session), Rules);
    }

    public ApplicationSession? SignOut(HttpContext http)
    {
        http.Response.Cookies.Delete(SessionName);
        return memory.Sessions.Take(http.Request.Cookies[SessionName]);
    }

    /// <summary>The mark that ties state and nonce to this browser.</summary>
    public string Browser(HttpContext http)
    {
        if (http.Request.Cookies[BrowserName] is { Length: > 0 } known) return known;
        var fresh = Opaque.New();
        http.Response.Cookies.Append(BrowserName, fresh, Rules);
        return fresh;
    }

    public bool IsSameBrowser(HttpContext http, string browser) => http.Request.Cookies[BrowserName] == browser;
}
