using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>The password of an official mailbox. It looks the same for every address at a domain that counts.</summary>
public sealed class MailPasswordModel : LoginPage
{
    public string Address { get; set; } = "";
    public string ConnectorName { get; set; } = "";
    public MailFault? Fault { get; set; }
    public string? IncidentNote { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (pages.JudgeMail(pending) is not MailVerdict.Accepted { Row: { TakesPassword: true } row, Mail: var mail }) return Redirect(LoginAddress.Chooser(RequestId));
        (Address, ConnectorName, Fault) = (mail.Value, pages.NameOf(row.Name), MailFaultText.PasswordFaultOf(pending));
        IncidentNote = row.Incident?.In(pages.Language.Current);
        HasFault = Fault is not null;
        return Page();
    }
}
