namespace Identity.Server.Pages.SignIn;

/// <summary>Somebody is signed in already and the application wants to be sure who goes on.</summary>
public sealed class OtherPersonModel : LoginPage
{
    public string PersonName { get; set; } = "";
}
