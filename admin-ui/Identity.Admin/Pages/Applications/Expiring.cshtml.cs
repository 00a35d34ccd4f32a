using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What ends within ninety days, of what one may see: applications, and for whoever keeps them the connectors and our own keys.</summary>
[NeedsSignIn]
public sealed class ExpiringModel : AdminPage
{
    /// <summary>Without an application where it is not one's thing.</summary>
    public IReadOnlyList<(Ending Ending, ListedApplication? Application)> Shown { get; private set; } = [];

    public async Task OnGetAsync([FromServices] ClientEndings clients, [FromServices] ProvinceEndings province, [FromServices] ApplicationList list, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        var ending = clients.Within(ExpiryRadar.Horizon).Where(e => !e.HasHeir).ToList();
        var visible = await list.OfClientsAsync(Actor, [.. ending.Select(e => e.Name).Distinct()], ct);
        List<(Ending, ListedApplication?)> shown = [.. ending.Where(e => visible.ContainsKey(e.Name)).Select(e => (e, (ListedApplication?)visible[e.Name]))];
        var (now, end) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(ExpiryRadar.Horizon));
        if (Actor.May(Permission.OperateConnectors)) Add(await province.ConnectorsAsync(ct));
        if (Actor.May(Permission.RotateKeys)) Add((await province.SigningKeysAsync(ct)).Where(e => e.EndsAt > now));
        Shown = [.. shown.OrderBy(e => e.Item1.EndsAt)];

        // What is over already stays in sight here, unlike a secret: an upstream is not left because its certificate ended.
        void Add(IEnumerable<Ending> endings) => shown.AddRange(endings.Where(e => e.Kind != EndingKind.UpstreamChanged && e.EndsAt < end).Select(e => (e, (ListedApplication?)null)));
    }
}
