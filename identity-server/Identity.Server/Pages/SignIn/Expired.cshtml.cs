namespace Identity.Server.Pages.SignIn;

public sealed class ExpiredModel : LoginPage
{
    /// <summary>The application's start page; null only when the request is too old to know whose it was.</summary>
    public Uri? StartAddress { get; set; }
}
