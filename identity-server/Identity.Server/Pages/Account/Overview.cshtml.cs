using Identity.Domain.Linking;
using Identity.Domain.Notices;
using Identity.Server.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

public sealed class OverviewModel : AccountPage
{
    /// <summary>The sign-in before this one; null on the very first.</summary>
    public SignInTrace? LastSignIn { get; set; }

    /// <summary>No address of their own is known: offered, never demanded.</summary>
    public bool SuggestsContact { get; set; }

    /// <summary>Conflicts about this person that nobody has decided yet.</summary>
    public IReadOnlyList<OpenCase> Cases { get; set; } = [];

    public int Identities { get; set; }
    public int Sessions { get; set; }
    public int Services { get; set; }

    /// <summary>An application that was interrupted on the way here.</summary>
    public string? ContinueApp { get; set; }
    public Uri? ContinueTo { get; set; }

    public Task<IActionResult> OnGetAsync(
        [FromServices] AccountDoor door, [FromServices] PersonRecord record, [FromServices] DeviceList devices, [FromServices] ConnectedServices services,
        [FromServices] ContactBook book, [FromServices] LinkConflicts conflicts, [FromServices] AccountNames names, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            PersonName = await record.NameAsync(session.PersonId, ct);
            LastSignIn = await record.LastSignInAsync(session, ct);
            SuggestsContact = await book.CurrentAsync(session.PersonId, ct) is null;
            Cases = [.. (await conflicts.OpenOfAsync(session.PersonId, ct)).Select(c => new OpenCase(c.Reference, c.CreatedAt, names.Method(c.Connector)))];
            Identities = await record.CountIdentitiesAsync(session.PersonId, ct);
            Sessions = (await devices.ListAsync(session, ct)).Count;
            Services = (await services.ListAsync(session.PersonId, ct)).Count;
            return Page();
        });
}

/// <summary>When, with what and from where; every part but the time may be unknown.</summary>
public sealed record SignInTrace(DateTimeOffset At, string? Device = null, string? Place = null, string? Method = null)
{
    /// <summary>Row of the history that tells of it.</summary>
    public long? Entry { get; init; }
}

/// <summary>A conflict that waits for somebody with documents, and the code that leads the desk to it.</summary>
/// <param name="WayName">The way in that brought it up.</param>
public sealed record OpenCase(string Reference, DateTimeOffset Since, string WayName);
