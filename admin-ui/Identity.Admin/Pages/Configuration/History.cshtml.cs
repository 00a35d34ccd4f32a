using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>Every version of an item with what it changed, and the way back.</summary>
[Needs(Permission.ReadConfiguration)]
public sealed class HistoryModel : ConfigurationPage
{
    [BindProperty(SupportsGet = true)] public int? Before { get; set; }
    [BindProperty] public int To { get; set; }
    [BindProperty] public int Version { get; set; }

    public HistoryPage History { get; set; } = new([], null);
    public int Current { get; set; }
    public IReadOnlyDictionary<string, string> Names { get; set; } = new Dictionary<string, string>();
    public IReadOnlyList<ConfigurationError> Errors { get; set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] ItemHistory history, [FromServices] ActorNames names, CancellationToken ct) => await ShowAsync(history, names, ct);

    public async Task<IActionResult> OnPostAsync([FromServices] ItemRollbacks rollbacks, [FromServices] ItemHistory history, [FromServices] ActorNames names, CancellationToken ct)
    {
        var outcome = await rollbacks.RollBackAsync(Actor, Item, To, Version, reason: null, ct);
        if (outcome is ItemOutcome.Denied { Why: ChangeRefusal.NotPermitted }) return StatusCode(StatusCodes.Status403Forbidden);
        if (outcome is ItemOutcome.Changed or ItemOutcome.Unchanged) return Go($"{Address("item")}&done={(outcome is ItemOutcome.Changed ? "rolled_back" : "unchanged")}");
        if (FaultOf(outcome) is { } fault) Faults.Add(fault);
        Errors = (outcome as ItemOutcome.Refused)?.Errors ?? [];
        return await ShowAsync(history, names, ct);
    }

    private async Task<IActionResult> ShowAsync(ItemHistory history, ActorNames names, CancellationToken ct)
    {
        if (await history.FindAsync(Actor, Item, ct) is not { } state || await history.PageAsync(Actor, Item, Before, ct) is not { } page) return NotFound();
        (Current, History) = (state.Version, page);
        Names = await names.OfAsync(page.Entries.SelectMany(e => (string?[])[e.ChangedBy, e.ApprovedBy]), ct);
        return Page();
    }
}
