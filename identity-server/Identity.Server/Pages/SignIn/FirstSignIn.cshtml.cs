namespace Identity.Server.Pages.SignIn;

public sealed class FirstSignInModel : LoginPage
{
    public string ConnectorName { get; set; } = "";

    /// <summary>What the source sent, in the order to show. Nothing here is ever typed by the person.</summary>
    public IReadOnlyList<ShownFact> Attributes { get; set; } = [];
}
