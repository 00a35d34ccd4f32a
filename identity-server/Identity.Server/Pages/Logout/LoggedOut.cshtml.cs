using Identity.Server.Oidc.Logout;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Logout;

/// <summary>The truth per application. "Unknown" is never shown as success.</summary>
public sealed class LoggedOutModel : PublicPage
{
    [FromRoute(Name = "id")]
    public string LogoutId { get; set; } = "";

    public IReadOnlyList<LoggedOutApp> Apps { get; set; } = [];

    /// <summary>Name of the e-ID whose own sign-in may still be open in this browser, and its sign-out address.</summary>
    public string? EidName { get; set; }
    public Uri? EidLogout { get; set; }

    public string? ReturnApp { get; set; }
    public Uri? ReturnTo { get; set; }

    /// <summary>Where to sign in again: the application's start page or the account.</summary>
    public Uri? SignInAgain { get; set; }

    public bool Certain => Apps.All(app => app.State == LogoutState.Done);

    public async Task<IActionResult> OnGetAsync([FromServices] LogoutFlow flow, [FromServices] LogoutReport report, [FromServices] PageLanguage language)
    {
        // Only in the browser that signed out, and only once it has: which applications somebody used is nobody else's business.
        if (await flow.FindAsync(HttpContext, LogoutId) is not { ConfirmedAt: not null } parked) return NotFound();
        await report.FillAsync(this, parked, language.Current, HttpContext.RequestAborted);
        return Page();
    }
}

public sealed record LoggedOutApp(string Name, LogoutState State);

public enum LogoutState
{
    Done,

    /// <summary>The application did not confirm, or cannot be told.</summary>
    Unknown,

    /// <summary>The message is on its way.</summary>
    Telling,
}
