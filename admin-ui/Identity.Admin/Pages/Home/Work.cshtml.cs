using Identity.Admin.Access;
using Identity.Admin.Work;
using Identity.Domain.Administration;

namespace Identity.Admin.Pages;

/// <summary>What needs whoever opens it now (P1): a list to work off, not a wall of charts.</summary>
[NeedsSignIn]
public sealed class WorkModel(WorkList work) : AdminPage
{
    public IReadOnlyList<WorkItem> Items { get; private set; } = [];

    public bool CanAskForMore => Elevations.OpenTo(Actor) is not null;

    public async Task OnGetAsync(CancellationToken ct) => Items = await work.ReadAsync(Actor, ct);
}
