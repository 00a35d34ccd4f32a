using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Language, and where messages about the account go. Everything on it is optional.</summary>
public sealed class ContactModel : AccountPage
{
    private const string Address = "/account/contact";

    /// <summary>Null: as the browser prefers.</summary>
    public string? Language { get; set; }

    /// <summary>Proved address, masked.</summary>
    public string? Current { get; set; }

    /// <summary>Address that waits for its code, masked; null when the form asks for one.</summary>
    public string? Waiting { get; set; }

    /// <summary>What the form proposes: what was typed, or what a source says.</summary>
    public string Proposed { get; set; } = "";

    public ContactFault? Fault { get; set; }

    public Task<IActionResult> OnGetAsync([FromQuery] string? fault, [FromServices] AccountDoor door, [FromServices] ContactBook book, [FromServices] PersonDirectory people,
        [FromServices] PersonRecord record, CancellationToken ct) => door.EnterAsync(HttpContext, async session =>
    {
        Notice = AccountDone.Read(HttpContext);
        Language = await record.LanguageAsync(session.PersonId, ct);
        Current = MaskedAddress.Of(await book.CurrentAsync(session.PersonId, ct));
        Waiting = MaskedAddress.Of(await book.WaitingAsync(session, ct));
        if (Current is null) Proposed = (await people.AttributesAsync(session.PersonId, ct)).GetValueOrDefault(AttributeNames.Email) ?? "";
        Fault = ContactFaults.Read(fault);
        HasFault = Fault is not null;
        return Page();
    });

    public Task<IActionResult> OnPostAsync([FromForm] string? address, [FromForm] string? code, [FromForm] string? language, [FromForm] bool remove, [FromForm] bool again,
        [FromServices] AccountDoor door, [FromServices] ContactFlow flow) => door.EnterAsync(HttpContext, async session =>
    {
        if (language is not null)
        {
            await flow.ChooseLanguageAsync(HttpContext, session, language);
            return AccountDone.Show(HttpContext, Address, AccountNotice.LanguageSaved);
        }
        if (remove)
        {
            await flow.RemoveAsync(session);
            return AccountDone.Show(HttpContext, Address, AccountNotice.ContactRemoved);
        }
        var fault = again ? await flow.SendAgainAsync(session) : code is not null ? await flow.ProveAsync(session, code) : await flow.SendAsync(session, address ?? "");
        if (fault is null && code is not null && !again) return AccountDone.Show(HttpContext, Address, AccountNotice.ContactVerified);
        return AccountDone.Show(HttpContext, fault is { } said ? $"{Address}?fault={ContactFaults.Word(said)}" : Address, null);
    });
}

public enum ContactFault
{
    Address,
    Wrong,
    Old,
    Many,
}

internal static class ContactFaults
{
    public static string Word(ContactFault fault) => fault.ToString().ToLowerInvariant();

    public static ContactFault? Read(string? word) => Array.Find(Enum.GetValues<ContactFault>(), f => Word(f) == word) is var fault && Word(fault) == word ? fault : null;
}
