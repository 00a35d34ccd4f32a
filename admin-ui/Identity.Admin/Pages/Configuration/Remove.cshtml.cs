using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>Proposes that an item goes. Nobody removes one alone.</summary>
[Needs(Permission.ChangeConfiguration)]
public sealed class RemoveModel : ConfigurationPage
{
    [BindProperty(SupportsGet = true)] public RemoveInput Input { get; set; } = new();

    public IReadOnlyList<ConfigurationError> Errors { get; set; } = [];
    public IReadOnlyList<Impact> Impacts { get; set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] ItemHistory history, [FromServices] ItemPreviews previews, CancellationToken ct)
    {
        if (await history.FindAsync(Actor, Item, ct) is not { Document: not null } state) return NotFound();
        if (Input.Version == 0) Input.Version = state.Version;
        await ShowAsync(previews, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ConfigurationProposals proposals, [FromServices] ItemPreviews previews, CancellationToken ct)
    {
        var outcome = await proposals.ProposeAsync(Actor, new ItemEdit(Item, Input.Version, null, Input.Reason ?? ""), ct);
        if (outcome is ItemOutcome.Proposed proposed) return Go($"/configuration/proposal?id={proposed.Id}&done=proposed");
        if (FaultOf(outcome) is { } fault) Faults.Add(fault);
        await ShowAsync(previews, ct);
        return Page();
    }

    private async Task ShowAsync(ItemPreviews previews, CancellationToken ct)
    {
        var preview = await previews.OfAsync(Actor, new ItemEdit(Item, Input.Version, null, ""), ct);
        Impacts = (preview as PreviewOutcome.Shown)?.Preview.Impacts ?? [];
        Errors = preview is PreviewOutcome.Problem { Outcome: ItemOutcome.Refused refused } ? refused.Errors : [];
    }
}

public sealed class RemoveInput
{
    public int Version { get; set; }
    public string? Reason { get; set; }
}
