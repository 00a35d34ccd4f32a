using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>Recoveries that wait for their second administrator.</summary>
[Needs(Permission.ApproveRecovery)]
public sealed class RecoveriesModel : DeskPage
{
    public RecoveryQueue Queue { get; set; } = new([], null);

    public async Task OnGetAsync([FromQuery] string? done, [FromQuery] Guid? after, [FromServices] RecoveryList list, CancellationToken ct)
    {
        TellDone(done);
        Queue = await list.ReadAsync(Actor, after, ct);
    }

    public async Task<IActionResult> OnPostApproveAsync([FromForm] Guid id, [FromServices] RecoveryAids aids, [FromServices] RecoveryList list, CancellationToken ct) =>
        await TellAsync(await aids.DecideAsync(Actor, id, approve: true, ct), "recovery_approved", list, ct);

    public async Task<IActionResult> OnPostDeclineAsync([FromForm] Guid id, [FromServices] RecoveryAids aids, [FromServices] RecoveryList list, CancellationToken ct) =>
        await TellAsync(await aids.DecideAsync(Actor, id, approve: false, ct), "recovery_declined", list, ct);

    private async Task<IActionResult> TellAsync(DeskRefusal? refusal, string deed, RecoveryList list, CancellationToken ct)
    {
        if (refusal is DeskRefusal.NotThere) return NotFound();
        if (!Refuse(refusal)) return GoTo($"/recoveries?done={deed}");
        Queue = await list.ReadAsync(Actor, null, ct);
        return Page();
    }
}
