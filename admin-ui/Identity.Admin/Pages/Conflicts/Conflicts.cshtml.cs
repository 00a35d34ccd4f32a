using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>Conflicts that wait for a desk, oldest first.</summary>
[Needs(Permission.DecideConflicts)]
public sealed class ConflictsModel : DeskPage
{
    public IReadOnlyList<QueuedConflict> Cases { get; set; } = [];
    public Guid? Next { get; set; }
    public DateTimeOffset Now { get; set; }

    public async Task OnGetAsync([FromQuery] Guid? after, [FromQuery] string? done, [FromServices] ConflictCases cases, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        TellDone(done);
        Now = clock.GetUtcNow();
        (Cases, Next) = await cases.ListAsync(Actor, after, ct);
    }
}
