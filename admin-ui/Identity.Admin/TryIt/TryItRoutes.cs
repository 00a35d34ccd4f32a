namespace Identity.Admin.TryIt;

public static class TryItRoutes
{
    /// <summary>The redirect URI of this host among those of every sandbox client.</summary>
    public const string Callback = "/apps/try/callback";
}
