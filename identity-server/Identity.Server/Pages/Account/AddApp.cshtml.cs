using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Server.Account;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Identity.Server.Pages.Account;

/// <summary>An authenticator app in four steps (ux.md C19). A wrong first code shows the same page with the same key again: the app has it already.</summary>
public sealed class AddAppModel : AccountPage
{
    private const string Path = "/account/identities/app";

    [FromQuery(Name = "for")]
    public string? For { get; set; }

    public string Offer { get; set; } = "";

    /// <summary>In groups of four, to be typed by hand.</summary>
    public string Key { get; set; } = "";

    public IHtmlContent Square { get; set; } = HtmlString.Empty;

    /// <summary>What the app will show the entry as.</summary>
    public string EntryName { get; set; } = "";

    public string DeviceName { get; set; } = "";
    public bool IsFull { get; set; }
    public string Back { get; set; } = "/account/identities";

    /// <summary>Another look is another key, and the app may have this one already.</summary>
    public override bool ShowsOnce => Offer.Length > 0;

    public string Address() => FactorVisit.Address(Path, For);

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] TotpApps apps, [FromServices] FactorVisit visit, [FromServices] IOptions<ProvinceOptions> province) =>
        door.EnterFreshAsync(HttpContext, Address(), async session =>
        {
            IsFull = (await apps.ListAsync(session.PersonId, HttpContext.RequestAborted)).Count >= TotpApps.Most;
            await ShowAsync(session, apps.Offer(session.PersonId), null, visit, province.Value);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromForm] string? offer, [FromForm] string? code, [FromForm] string? name, [FromServices] AccountDoor door, [FromServices] TotpApps apps,
        [FromServices] FactorVisit visit, [FromServices] StepUp stepUp, [FromServices] IOptions<ProvinceOptions> province) =>
        door.EnterFreshAsync(HttpContext, Address(), async session =>
        {
            if (apps.Open(session.PersonId, offer ?? "") is not { } opened) return AccountDone.Show(HttpContext, Address(), null);
            if (Totp.Read(code ?? "") is not { } digits || !await apps.AddAsync(session.PersonId, opened, digits, FactorVisit.NameOr(name, HttpContext), FactorVisit.From(session), HttpContext.RequestAborted))
            {
                (HasFault, LanguagePath) = (true, Path);
                await ShowAsync(session, opened, name, visit, province.Value);
                return Page();
            }
            await stepUp.StrengthenAsync(HttpContext, session, OwnMethod.Totp);
            return AccountDone.Show(HttpContext, "/account/identities", AccountNotice.AppAdded, For is null ? "" : $"&for={Uri.EscapeDataString(For)}");
        });

    private async Task ShowAsync(Session session, TotpOffer offer, string? name, FactorVisit visit, ProvinceOptions province)
    {
        if (await visit.WaitingAsync(this, For) is { } waiting) Back = ParkedRequests.ResumeAddress(waiting);
        // Enough to tell two entries on a shared telephone apart, and nothing about whose they are.
        var label = session.PersonId.ToString("N")[^4..];
        Offer = offer.Sealed;
        Key = string.Join(' ', Totp.ToBase32(offer.Secret).Chunk(4).Select(c => new string(c)));
        Square = QrSquare.Of(Totp.Address(offer.Secret, province.Host, label));
        EntryName = $"{province.Host} ({label})";
        DeviceName = FactorVisit.NameOr(name, HttpContext);
    }
}
