namespace Identity.Server.Login;

/// <summary>Browsers inside chat and social applications often cannot switch to the e-ID application (ux.md C3). A guess, so it only warns.</summary>
public static class InAppBrowser
{
    private static readonly string[] Marks = ["FBAN", "FBAV", "FB_IAB", "Instagram", "Zalo", "Messenger", "TikTok", "musical_ly"];

    public static bool Is(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return Marks.Any(mark => agent.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }
}
