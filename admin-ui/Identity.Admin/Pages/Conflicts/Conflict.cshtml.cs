using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>A case that waits, and what two desks make of it.</summary>
[Needs(Permission.DecideConflicts)]
public sealed class ConflictModel : ConflictPage
{
    public Task<IActionResult> OnGetAsync([FromQuery] string? done, [FromServices] ConflictCases cases, CancellationToken ct)
    {
        TellDone(done);
        return ShowAsync(cases, ct);
    }

    public async Task<IActionResult> OnPostProposeAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct)
    {
        if (Input.Verdict is { } verdict) return await TellAsync(await decisions.ProposeAsync(Actor, Id, new(verdict, Input.Papers) { Side = Input.Side }, ct), $"/conflicts/{Id}?done=proposed", cases, ct);
        Faults.Add("con.fault.verdict");
        return await ShowAsync(cases, ct);
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.ConfirmAsync(Actor, Id, Input.Proposal, ct), "/conflicts?done=decided", cases, ct);

    public async Task<IActionResult> OnPostSendBackAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.SendBackAsync(Actor, Id, Input.Proposal, ct), $"/conflicts/{Id}", cases, ct);

    protected override Task<ConflictCase?> ReadAsync(ConflictCases cases, CancellationToken ct) => cases.OpenAsync(Actor, Id, ct);
}
