using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>Shown only when something needs saying before the hop: an in-app browser, or an open incident.</summary>
public sealed class GoingToEidModel : LoginPage
{
    [FromRoute(Name = "connector")]
    public string Connector { get; set; } = "";

    public string ConnectorName { get; set; } = "";
    public bool InAppBrowser { get; set; }
    public string? IncidentNote { get; set; }

    /// <summary>Where to begin in another browser: the application's own start page, because this sign-in belongs to this browser.</summary>
    public Uri? StartAddress { get; set; }
}
