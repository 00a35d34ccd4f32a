using Identity.Admin.Access;
using Identity.Admin.Pages.Configuration;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Linking;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>A case that is decided: on which papers, by whom, and two desks that may take it back.</summary>
[Needs(Permission.DecideConflicts)]
public sealed class DecidedConflictModel(ActorNames names, ConflictDesk desk) : ConflictPage
{
    /// <summary>Colleagues know each other by name; a command is named as it is.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Nobody takes it back any more.</summary>
    public bool IsTooLate { get; set; }

    public override string? FieldOf(string fault) => fault == "desk.refused.ReasonIsMissing" ? $"reason-{default(UndoReason)}" : base.FieldOf(fault);

    public Task<IActionResult> OnGetAsync([FromQuery] string? done, [FromServices] ConflictCases cases, CancellationToken ct)
    {
        TellDone(done);
        return ShowAsync(cases, ct);
    }

    public async Task<IActionResult> OnPostProposeAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.ProposeAsync(Actor, Id, new(ConflictVerdict.Undo, Input.Papers) { Reason = Input.Reason }, ct), $"/conflicts/decided/{Id}?done=proposed", cases, ct);

    public async Task<IActionResult> OnPostConfirmAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.ConfirmAsync(Actor, Id, Input.Proposal, ct), $"/conflicts/{Id}?done=undone", cases, ct);

    public async Task<IActionResult> OnPostSendBackAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.SendBackAsync(Actor, Id, Input.Proposal, ct), $"/conflicts/decided/{Id}", cases, ct);

    protected override async Task<ConflictCase?> ReadAsync(ConflictCases cases, CancellationToken ct)
    {
        if (await cases.OpenDecidedAsync(Actor, Id, ct) is not { } found) return null;
        DecidedBy = (await names.OfAsync([found.Conflict.ResolvedBy], ct)).Values.FirstOrDefault();
        IsTooLate = desk.IsTooLate(found.Conflict);
        return found;
    }
}
