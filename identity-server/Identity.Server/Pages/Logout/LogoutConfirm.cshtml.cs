using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Logout;

/// <summary>Asked only when the request cannot be verified, or other applications are open and only one asked.</summary>
public sealed class LogoutConfirmModel : PublicPage
{
    [FromRoute(Name = "id")]
    public string LogoutId { get; set; } = "";

    /// <summary>The application that asked, or null when nobody is named.</summary>
    public string? AskingApp { get; set; }

    public int OtherApps { get; set; }
}
