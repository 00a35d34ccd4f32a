using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>Shown only when something needs saying before the hop: an in-app browser, an open incident, or a mail provider that the address led to (ux.md O4).</summary>
public sealed class GoingToEidModel : LoginPage
{
    [FromRoute(Name = "connector")]
    public string Connector { get; set; } = "";

    public string ConnectorName { get; set; } = "";
    public bool InAppBrowser { get; set; }
    public string? IncidentNote { get; set; }

    /// <summary>The official address that leads to this provider; null for the national e-ID.</summary>
    public string? MailAddress { get; set; }

    /// <summary>Where to begin in another browser: the application's own start page, because this sign-in belongs to this browser.</summary>
    public Uri? StartAddress { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (pages.Offered(pending).FirstOrDefault(c => c.Name == Connector) is not { } row) return Redirect(LoginAddress.Chooser(RequestId));
        ConnectorName = pages.NameOf(Connector);
        InAppBrowser = Login.InAppBrowser.Is(HttpContext);
        if (pages.JudgeMail(pending) is MailVerdict.Accepted { Mail: var mail, Row: var door } && door.Name == row.Name) MailAddress = mail.Value;
        IncidentNote = row.Incident?.In(pages.Language.Current);
        StartAddress = SignInPages.StartAddress(pages.ClientOf(pending));
        return Page();
    }
}
