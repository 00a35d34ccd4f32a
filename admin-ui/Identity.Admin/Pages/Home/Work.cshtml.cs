using Identity.Admin.Access;

namespace Identity.Admin.Pages;

[NeedsSignIn]
public sealed class WorkModel : AdminPage;
