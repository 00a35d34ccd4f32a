namespace Identity.Server.Pages.SignIn;

public sealed class ReturningModel : LoginPage
{
    public Uri? ContinueTo { get; set; }
}
