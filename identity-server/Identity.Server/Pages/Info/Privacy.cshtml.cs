namespace Identity.Server.Pages.Info;

public sealed class PrivacyModel : PublicPage
{
    public static DateOnly Updated { get; } = new(2026, 11, 22);
}
