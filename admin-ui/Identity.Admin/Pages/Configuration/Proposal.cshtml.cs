using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>One proposal before the second pair of eyes: what would change, how far it reaches, and the decision.</summary>
[Needs(Permission.ReadConfiguration)]
public sealed class ProposalModel : ConfigurationPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public DecisionInput Input { get; set; } = new();

    public ProposalView? View { get; set; }
    public IReadOnlyList<Impact> Impacts { get; set; } = [];
    public IReadOnlyDictionary<string, string> Names { get; set; } = new Dictionary<string, string>();
    public IReadOnlyList<ConfigurationError> Errors { get; set; } = [];

    public bool IsOwn => View!.Proposal.ProposedBy == Actor.Name;
    public bool MayDecide => View!.Proposal.State == ProposalState.Open && !IsOwn && Actor.May(Permission.ApproveConfiguration);

    public async Task<IActionResult> OnGetAsync([FromServices] ProposalList list, [FromServices] ImpactPreview impact, [FromServices] ActorNames names, CancellationToken ct)
    {
        ShowWhatWasDone();
        return await ShowAsync(list, impact, names, ct);
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ConfigurationProposals proposals, [FromServices] ProposalList list, [FromServices] ImpactPreview impact,
        [FromServices] ActorNames names, CancellationToken ct)
    {
        var outcome = Input.Act switch
        {
            "approve" => await proposals.ApproveAsync(Actor, Id, Input.Reason, ct),
            "refuse" => await proposals.RefuseAsync(Actor, Id, Input.Reason, ct),
            "withdraw" => await proposals.WithdrawAsync(Actor, Id, ct),
            _ => new ItemOutcome.Denied(ChangeRefusal.UnknownProposal),
        };
        if (outcome is ItemOutcome.Denied { Why: ChangeRefusal.NotPermitted }) return StatusCode(StatusCodes.Status403Forbidden);
        if (FaultOf(outcome) is not { } fault) return Go($"/configuration/proposal?id={Id}&done={(Input.Act == "approve" ? "approved" : Input.Act == "refuse" ? "refused" : "withdrawn")}");
        Faults.Add(fault);
        Errors = (outcome as ItemOutcome.Refused)?.Errors ?? [];
        return await ShowAsync(list, impact, names, ct);
    }

    private async Task<IActionResult> ShowAsync(ProposalList list, ImpactPreview impact, ActorNames names, CancellationToken ct)
    {
        if (await list.FindAsync(Actor, Id, ct) is not { } view) return NotFound();
        View = view;
        (Kind, Name) = (view.Proposal.Kind, view.Proposal.Name);
        if (view.Proposal.State == ProposalState.Open) Impacts = await impact.OfAsync(view.Proposal.Item, view.BaseDocument, view.Proposal.Document, ct);
        Names = await names.OfAsync([view.Proposal.ProposedBy, view.Proposal.DecidedBy], ct);
        return Page();
    }
}

public sealed class DecisionInput
{
    /// <summary>approve, refuse or withdraw.</summary>
    public string? Act { get; set; }

    public string? Reason { get; set; }
}
