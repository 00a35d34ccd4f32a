using Identity.Server.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

public sealed class ActivityModel : AccountPage
{
    /// <summary>What the person was told of; above the first page only.</summary>
    public IReadOnlyList<NoticeRow> Notices { get; set; } = [];

    public IReadOnlyList<ActivityRow> Rows { get; set; } = [];

    /// <summary>Value of <c>before</c> for the next page, or null at the end.</summary>
    public string? OlderThan { get; set; }

    public bool IsFirstPage { get; set; } = true;

    /// <summary>What is shown; everything when null.</summary>
    public ActivityKind? Kind { get; set; }

    public Task<IActionResult> OnGetAsync([FromQuery] string? kind, [FromQuery] string? before, [FromServices] AccountDoor door, [FromServices] ActivityHistory history, [FromServices] NoticeList notices, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Kind = Enum.TryParse<ActivityKind>(kind, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : null;
            (Rows, OlderThan) = await history.ReadAsync(session.PersonId, Kind, before, ct);
            IsFirstPage = before is null;
            if (IsFirstPage) Notices = await notices.ReadAsync(session.PersonId, ct);
            return Page();
        });
}

/// <param name="Sentence">What happened, as a plain sentence in the language of the page; never an event name.</param>
public sealed record ActivityRow(string Sentence, SignInTrace Trace, string? App = null, long? Entry = null);

/// <param name="Name">What it is about, when that has a name.</param>
/// <param name="Disown">Notice to disown; null when that was done.</param>
public sealed record NoticeRow(string Title, string Sentence, SignInTrace Trace, string? Name = null, Guid? Disown = null);
