using Identity.Domain.Notices;
using Identity.Server.Account;
using Identity.Server.Http;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Says what will happen; only the button does it.</summary>
public sealed class NotMeModel : AccountPage
{
    /// <summary>Notice that the person points at.</summary>
    public Guid? About { get; set; }

    /// <summary>Otherwise the row of the history.</summary>
    public long? Entry { get; set; }

    /// <summary>The way that will be paused, when one was used.</summary>
    public string? WayName { get; set; }

    /// <summary>The person points at nothing: they only think that somebody was in.</summary>
    public bool IsGeneral => About is null && Entry is null;

    public Task<IActionResult> OnGetAsync([FromQuery] Guid? notice, [FromQuery] long? entry, [FromServices] AccountDoor door, [FromServices] NotMeReport report,
        [FromServices] AccountNames names, CancellationToken ct) => door.EnterAsync(HttpContext, async session =>
    {
        if (notice is null && entry is null) return Page();
        if (await report.FindAsync(session.PersonId, notice, entry, ct) is not { } subject) return Redirect("/account/activity");
        (About, Entry, WayName) = (notice, entry, subject.Connector is { } connector ? names.Method(connector) : null);
        return Page();
    });

    /// <param name="account">Sent by the page that points at nothing, so that a form which lost its fields does nothing.</param>
    public Task<IActionResult> OnPostAsync([FromForm] Guid? notice, [FromForm] long? entry, [FromForm] bool account, [FromServices] AccountDoor door, [FromServices] NotMeReport report, [FromServices] NotMeFlow flow) =>
        door.EnterAsync(HttpContext, async session =>
        {
            var subject = account ? NotMeSubject.Account : await report.FindAsync(session.PersonId, notice, entry, CancellationToken.None);
            HttpContext.SeeOther(subject is null ? "/account/activity" : await flow.FileAsync(HttpContext, session, subject));
            return new EmptyResult();
        });
}
