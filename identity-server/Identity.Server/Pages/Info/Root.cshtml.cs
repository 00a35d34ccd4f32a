namespace Identity.Server.Pages.Info;

public sealed class RootModel : PublicPage;
