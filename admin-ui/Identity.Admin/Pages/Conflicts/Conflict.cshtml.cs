using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>Both sides of a conflict, and what two desks make of it.</summary>
[Needs(Permission.DecideConflicts)]
public sealed class ConflictModel : DeskPage
{
    [FromRoute] public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public ProposalForm Input { get; set; } = new();

    public ConflictCase? Case { get; set; }

    /// <summary>Proposed by the one who looks: somebody else has to say yes.</summary>
    public bool IsOwnProposal { get; set; }

    public override string? FieldOf(string fault) => fault switch
    {
        "con.fault.verdict" => $"verdict-{default(ConflictVerdict)}",
        "desk.refused.CaseIsMissing" or "desk.refused.CaseIsWrong" => "papers",
        _ => null,
    };

    public Task<IActionResult> OnGetAsync([FromQuery] string? done, [FromServices] ConflictCases cases, CancellationToken ct)
    {
        ModelState.Clear();
        TellDone(done);
        return ShowAsync(cases, ct);
    }

    public async Task<IActionResult> OnPostProposeAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct)
    {
        if (Input.Verdict is { } verdict) return await TellAsync(await decisions.ProposeAsync(Actor, Id, verdict, Input.Papers, ct), $"/conflicts/{Id}?done=proposed", cases, ct);
        ModelState.Clear();
        Faults.Add("con.fault.verdict");
        return await ShowAsync(cases, ct);
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.ConfirmAsync(Actor, Id, Input.Proposal, ct), "/conflicts?done=decided", cases, ct);

    public async Task<IActionResult> OnPostSendBackAsync([FromServices] ConflictDecisions decisions, [FromServices] ConflictCases cases, CancellationToken ct) =>
        await TellAsync(await decisions.SendBackAsync(Actor, Id, Input.Proposal, ct), $"/conflicts/{Id}", cases, ct);

    private async Task<IActionResult> TellAsync(DeskRefusal? refusal, string next, ConflictCases cases, CancellationToken ct)
    {
        ModelState.Clear();
        if (refusal is DeskRefusal.NotThere) return NotFound();
        return Refuse(refusal) ? await ShowAsync(cases, ct) : GoTo(next);
    }

    private async Task<IActionResult> ShowAsync(ConflictCases cases, CancellationToken ct)
    {
        Case = await cases.OpenAsync(Actor, Id, ct);
        IsOwnProposal = Case?.Proposal?.ProposedBy == Actor.PersonId;
        return Case is null ? NotFound() : Page();
    }
}

public sealed class ProposalForm
{
    public ConflictVerdict? Verdict { get; set; }
    public string? Papers { get; set; }

    /// <summary>Mark of the one that is answered.</summary>
    public string? Proposal { get; set; }
}
