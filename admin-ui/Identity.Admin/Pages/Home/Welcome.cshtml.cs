using Identity.Admin.Access;

namespace Identity.Admin.Pages;

/// <summary>Where people stand who are not signed in: after leaving, or when they turned back.</summary>
[OpenToAll]
public sealed class WelcomeModel : AdminPage;
