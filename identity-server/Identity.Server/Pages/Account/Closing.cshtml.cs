namespace Identity.Server.Pages.Account;

/// <summary>After the wish to leave. Nobody is signed in any more, so it knows nobody.</summary>
public sealed class ClosingModel : PublicPage
{
}
