namespace Identity.Server.Login;

/// <summary>Addresses of the sign-in pages. The parked request's id is in the path, so that each tab is its own sign-in.</summary>
public static class LoginAddress
{
    public static string Chooser(string request) => $"/login/{Uri.EscapeDataString(request)}";

    /// <summary>The chooser for somebody who is signed in and still has to choose: it does not lead on by itself.</summary>
    public static string ChooserToStay(string request) => $"{Chooser(request)}?choose=true";

    public static string Page(string request, string page) => $"{Chooser(request)}/{page}";

    /// <param name="way">Which of the person's methods the page asks for; null lets it choose.</param>
    public static string StepUp(string request, string? way = null) => Page(request, "step-up") + (way is null ? "" : $"?way={way}");
}
