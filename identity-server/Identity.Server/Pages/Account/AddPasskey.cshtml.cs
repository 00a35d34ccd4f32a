using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Server.Account;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>A new passkey for whoever is signed in, freshly. The device asks its owner; what it says is checked and counts at once as a proof in this session.</summary>
public sealed class AddPasskeyModel : AccountPage
{
    private const string Path = "/account/identities/passkey";

    /// <summary>The sign-in that waits for this, if one does.</summary>
    [FromQuery(Name = "for")]
    public string? For { get; set; }

    public PasskeyFault? Fault { get; set; }
    public string DeviceName { get; set; } = "";
    public string Back { get; set; } = "/account/identities";

    public string Address(string? handler = null)
    {
        var address = FactorVisit.Address(Path, For);
        return handler is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={handler}";
    }

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] FactorVisit visit, string? fault = null) =>
        door.EnterFreshAsync(HttpContext, Address(), async _ =>
        {
            if (await visit.WaitingAsync(this, For) is { } waiting) Back = ParkedRequests.ResumeAddress(waiting);
            if (Enum.TryParse<PasskeyFault>(fault, out var known)) Fault = known;
            HasFault = Fault is not null and not PasskeyFault.Cancelled;
            DeviceName = FactorVisit.NameOr(null, HttpContext);
            UsePasskeys();
            return Page();
        });

    /// <summary>The script asks for the question that the device will be asked.</summary>
    public Task<IActionResult> OnPostOptionsAsync([FromServices] AccountDoor door, [FromServices] PasskeyCeremony ceremony, [FromServices] PersonRecord record) =>
        door.EnterFreshAsync(HttpContext, Address(), async session =>
            Content(await ceremony.OfferCreationAsync(HttpContext, Scene(session), await record.NameAsync(session.PersonId, HttpContext.RequestAborted)), "application/json"));

    public Task<IActionResult> OnPostAsync([FromForm] string? name, [FromServices] AccountDoor door, [FromServices] PasskeyCeremony ceremony, [FromServices] StepUp stepUp) =>
        door.EnterFreshAsync(HttpContext, Address(), async session =>
        {
            var form = await PasskeyForm.ReadAsync(HttpContext);
            var fault = form.Credential is { } credential
                ? await ceremony.RegisterAsync(HttpContext, Scene(session), credential, FactorVisit.NameOr(name, HttpContext), session)
                : form.Fault;
            if (fault is { } why) return AccountDone.Show(HttpContext, $"{Address()}{(For is null ? '?' : '&')}fault={why}", null);
            await stepUp.StrengthenAsync(HttpContext, session, OwnMethod.Passkey);
            return AccountDone.Show(HttpContext, "/account/identities", AccountNotice.PasskeyAdded, For is null ? "" : $"&for={Uri.EscapeDataString(For)}");
        });

    private static PasskeyScene Scene(Session session) => new(PasskeyPurpose.Register, session.Id.ToString("N"), session.PersonId);
}
