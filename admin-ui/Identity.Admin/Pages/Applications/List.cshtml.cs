using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

[NeedsSignIn]
public sealed class ListModel : AdminPage
{
    /// <summary>Whose: <c>all</c> that one may see, <c>orphaned</c> or <c>unconfirmed</c> ones among them, or one's own.</summary>
    [FromQuery(Name = "of")] public string? Of { get; set; }

    [FromQuery(Name = "state")] public ApplicationState? State { get; set; }
    [FromQuery(Name = "name")] public string? Name { get; set; }
    [FromQuery(Name = "after")] public Guid? After { get; set; }

    public IReadOnlyList<ListedApplication> Shown { get; private set; } = [];
    public Guid? Next { get; private set; }
    public bool MayStart => Actor.MaySomewhere(Permission.OwnApplications);
    public bool SeesMore => Actor.MaySomewhere(Permission.ReadApplications);

    public async Task OnGetAsync([FromServices] ApplicationList list, CancellationToken ct)
    {
        var found = await list.PageAsync(Actor, new ApplicationFilter(Of is "all" or "orphaned" or "unconfirmed", State, Name?.Trim(), Of == "orphaned") { Unconfirmed = Of == "unconfirmed" }, After, ct);
        Shown = [.. found.Take(ApplicationList.PageSize)];
        Next = found.Count > ApplicationList.PageSize ? Shown[^1].Id : null;
    }
}
