using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>What the province has configured, one kind at a time.</summary>
[Needs(Permission.ReadConfiguration)]
public sealed class ListModel : AdminPage
{
    public static readonly string[] Kinds =
        [ConfigurationStore.ClientKind, ConfigurationStore.ConnectorKind, ConfigurationStore.ScopeKind, ConfigurationStore.ResourceKind, ConfigurationStore.SectorKind, ConfigurationStore.PolicyKind];

    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public ItemPage Rows { get; set; } = new([], null);

    public async Task<IActionResult> OnGetAsync([FromServices] ItemList items, CancellationToken ct)
    {
        if (!Kinds.Contains(Kind ??= Kinds[0])) return NotFound();
        if (await items.PageAsync(Actor, Kind, Q, After, ct) is not { } page) return StatusCode(StatusCodes.Status403Forbidden);
        Rows = page;
        return Page();
    }
}
