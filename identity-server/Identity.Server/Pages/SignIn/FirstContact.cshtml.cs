using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Pages.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>Where may we warn you? Once, after the first sign-in; one tap leaves it out, and "my account" has it afterwards (ux.md C7).</summary>
public sealed class FirstContactModel : LoginPage
{
    /// <summary>Address that waits for its code, masked; null while the form asks for one.</summary>
    public string? Waiting { get; set; }

    /// <summary>What the source said, to be left or changed.</summary>
    public string Proposed { get; set; } = "";

    public ContactFault? Fault { get; set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] string? fault, [FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] ContactBook book,
        [FromServices] PersonDirectory people)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var ct = HttpContext.RequestAborted;
        // Only for the sign-in of this very request: whoever comes back to the address later has moved on.
        if (await SignedInAsync(pending, login) is not { } session || await book.CurrentAsync(session.PersonId, ct) is not null) return Redirect(ParkedRequests.ResumeAddress(pending));
        Waiting = MaskedAddress.Of(await book.WaitingAsync(session, ct));
        if (Waiting is null) Proposed = (await people.AttributesAsync(session.PersonId, ct)).GetValueOrDefault(AttributeNames.Email) ?? "";
        Fault = ContactFaults.Read(fault);
        HasFault = Fault is not null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? address, [FromForm] string? code, [FromForm] bool again, [FromForm] bool skip, [FromServices] ParkedRequests parked,
        [FromServices] LoginSession login, [FromServices] ContactFlow flow)
    {
        if (await parked.OpenOrExpiredAsync(HttpContext, RequestId) is not { } pending) return new EmptyResult();
        if (skip || await SignedInAsync(pending, login) is not { } session) return SeeOther(ParkedRequests.ResumeAddress(pending));
        var fault = again ? await flow.SendAgainAsync(session) : code is not null ? await flow.ProveAsync(session, code) : await flow.SendAsync(session, address ?? "");
        if (fault is { } said) return SeeOther($"{LoginAddress.Page(RequestId, FirstContact.Page)}?fault={ContactFaults.Word(said)}");
        return SeeOther(code is not null && !again ? ParkedRequests.ResumeAddress(pending) : LoginAddress.Page(RequestId, FirstContact.Page));
    }

    private async Task<Session?> SignedInAsync(PendingAuthentication pending, LoginSession login) =>
        await login.CurrentAsync(HttpContext, HttpContext.RequestAborted) is { } session && session.Id == pending.SessionId ? session : null;

    private EmptyResult SeeOther(string address)
    {
        HttpContext.SeeOther(address);
        return new EmptyResult();
    }
}
