using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>Which endings count (ux.md O2). It speaks of domains and never of people.</summary>
public sealed class MailDomainModel : LoginPage
{
    public string Address { get; set; } = "";

    /// <summary>The address that was probably meant.</summary>
    public string? Meant { get; set; }

    public IReadOnlyList<string> Domains { get; set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (pages.JudgeMail(pending) is not MailVerdict.Refused { Fault: MailFault.Domain, Meant: var meant }) return Redirect(LoginAddress.Chooser(RequestId));
        HasFault = true;
        (Address, Meant, Domains) = (pending.LoginHint ?? "", meant, pages.MailDomains(pending));
        return Page();
    }
}
