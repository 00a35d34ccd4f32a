using Identity.Server.Account;
using Identity.Server.Http;
using Identity.Server.Pages.ActingFor;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Where a person begins who did not come from an application: what they may open as what they are now, and how to be somebody else.</summary>
public sealed class LauncherModel : AccountPage
{
    private const string Address = "/launcher";
    private const int LongestSearch = 100;

    public IReadOnlyList<LauncherGroup> Groups { get; set; } = [];
    public bool CanSearch { get; set; }
    public string? Search { get; set; }

    /// <summary>Null for whoever can be nobody but themselves: then there is nothing to say about it.</summary>
    public CapacityRow? Current { get; set; }

    public IReadOnlyList<LauncherSwitch> Others { get; set; } = [];

    public Task<IActionResult> OnGetAsync([FromQuery] string? q, [FromServices] AccountDoor door, [FromServices] LauncherCapacities capacities, [FromServices] Launcher launcher,
        [FromServices] CapacityRows rows, CancellationToken ct) => door.EnterAsync(HttpContext, async session =>
    {
        Search = q is { Length: > LongestSearch } ? q[..LongestSearch] : q;
        var standing = await capacities.OfAsync(session, ct);
        (Groups, CanSearch, var elsewhere) = await launcher.ReadAsync(session.PersonId, standing, Search, ct);
        if (standing.Usable.Count == 1) return Page();
        Current = await rows.OfAsync(standing.Current, null, ct);
        var others = new List<LauncherSwitch>();
        foreach (var other in standing.Usable.Where(c => elsewhere.ContainsKey(c.Id))) others.Add(new(await rows.OfAsync(other, null, ct), elsewhere[other.Id]));
        Others = others;
        return Page();
    });

    /// <param name="capacity">As whom the page is to be shown, and what is opened from it.</param>
    public Task<IActionResult> OnPostAsync([FromForm] string? capacity, [FromServices] AccountDoor door, [FromServices] LauncherCapacities capacities) =>
        door.EnterAsync(HttpContext, async session =>
        {
            if (capacity is { Length: > 0 and <= 100 }) await capacities.SwitchAsync(session, capacity, CancellationToken.None);
            HttpContext.SeeOther(Address);
            return new EmptyResult();
        });
}

public sealed record LauncherGroup(string Agency, IReadOnlyList<LauncherTile> Apps);

public sealed record LauncherTile(string Name, string Agency, string? Description, Uri Address, DateTimeOffset? LastUsedAt = null)
{
    public ShownLogo? Logo { get; init; }

    /// <summary>Client id of an application that is to get the person as what they chose to be here: a form then, never a link. Null: the address leads there.</summary>
    public string? OpensAs { get; init; }

    public override string ToString() => OpensAs ?? Address.Host;
}

/// <param name="Apps">How many applications it opens.</param>
public sealed record LauncherSwitch(CapacityRow Capacity, int Apps);
