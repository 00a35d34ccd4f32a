using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>What waits for a second person.</summary>
[Needs(Permission.ReadConfiguration)]
public sealed class ProposalsModel : AdminPage
{
    [BindProperty(SupportsGet = true)] public ProposalState State { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }

    public ProposalPage Rows { get; set; } = new([], null);
    public IReadOnlyDictionary<string, string> Names { get; set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync([FromServices] ProposalList proposals, [FromServices] ActorNames names, CancellationToken ct)
    {
        if (await proposals.PageAsync(Actor, State, After, ct) is not { } page) return StatusCode(StatusCodes.Status403Forbidden);
        Rows = page;
        Names = await names.OfAsync(page.Proposals.Select(p => p.ProposedBy), ct);
        return Page();
    }
}
