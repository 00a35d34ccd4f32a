using Identity.Server.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Where a person begins who did not come from an application.</summary>
public sealed class LauncherModel : AccountPage
{
    private const int LongestSearch = 100;

    public IReadOnlyList<LauncherGroup> Groups { get; set; } = [];
    public bool CanSearch { get; set; }
    public string? Search { get; set; }

    public Task<IActionResult> OnGetAsync([FromQuery] string? q, [FromServices] AccountDoor door, [FromServices] Launcher launcher, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Search = q is { Length: > LongestSearch } ? q[..LongestSearch] : q;
            (Groups, CanSearch) = await launcher.ReadAsync(session.PersonId, Search, ct);
            return Page();
        });
}

public sealed record LauncherGroup(string Agency, IReadOnlyList<LauncherTile> Apps);

public sealed record LauncherTile(string Name, string Agency, string? Description, Uri Address, DateTimeOffset? LastUsedAt = null);
