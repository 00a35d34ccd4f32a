using Identity.Admin.Access;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What ends within ninety days, of what one may see.</summary>
[NeedsSignIn]
public sealed class ExpiringModel : AdminPage
{
    public IReadOnlyList<(ListedApplication Application, EndingSecret Secret)> Shown { get; private set; } = [];

    public async Task OnGetAsync([FromServices] ExpiryRadar radar, [FromServices] ApplicationList list, CancellationToken ct)
    {
        var ending = radar.Ending(ExpiryRadar.Horizon);
        var visible = await list.OfClientsAsync(Actor, [.. ending.Select(e => e.Client.ClientId).Distinct()], ct);
        Shown = [.. ending.Where(e => visible.ContainsKey(e.Client.ClientId)).Select(e => (visible[e.Client.ClientId], e))];
    }
}
