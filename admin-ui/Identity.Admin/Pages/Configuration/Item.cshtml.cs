using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>One item in plain words, and its document.</summary>
[Needs(Permission.ReadConfiguration)]
public sealed class ItemModel : ConfigurationPage
{
    public ItemState? State { get; set; }
    public IReadOnlyList<SummaryLine> Summary { get; set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] ItemHistory history, [FromServices] ClientRegistry registry, CancellationToken ct)
    {
        if (await history.FindAsync(Actor, Item, ct) is not { } state) return NotFound();
        State = state;
        Summary = state.Document is null ? [] : ItemSummary.Of(state.Item, state.Document, registry);
        ShowWhatWasDone();
        return Page();
    }
}
