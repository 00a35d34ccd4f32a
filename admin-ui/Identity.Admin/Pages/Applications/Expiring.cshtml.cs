using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Statistics;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What ends within ninety days, of what one may see: applications, and for whoever keeps them the connectors and our own keys.</summary>
[NeedsSignIn]
public sealed class ExpiringModel : AdminPage
{
    [FromQuery(Name = "after")] public string? After { get; set; }

    public ExpiryPage Shown { get; private set; } = null!;

    /// <summary>Those that one may open, by client.</summary>
    public IReadOnlyDictionary<string, ListedApplication> Applications { get; private set; } = null!;

    public async Task OnGetAsync([FromServices] Expiries expiries, [FromServices] ApplicationList list, CancellationToken ct)
    {
        Shown = await expiries.PageAsync(Actor, ExpiryMark.Read(After), ct);
        Applications = await list.OfClientsAsync(Actor, [.. Shown.Endings.Where(e => e.IsOfClient).Select(e => e.Name).Distinct()], ct);
    }
}
