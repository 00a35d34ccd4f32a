using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Statistics;

namespace Identity.Admin.Work;

/// <summary>What breaks something when it ends within two weeks. Of a province's applications many may: then one line leads to their list.</summary>
public sealed class ExpiryWork(Expiries expiries, ClientRegistry registry, PageLanguage language) : IWorkSource
{
    private const int MostOfClients = 5;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var urgent = await expiries.UrgentAsync(actor, ct);
        var ofClients = urgent.Where(e => e.IsOfClient).ToList();
        return [.. urgent.Where(e => !e.IsOfClient).Select(OfConnector), .. ofClients.Count > MostOfClients ? [Together(ofClients)] : ofClients.Select(OfClient)];
    }

    private WorkItem OfConnector(Ending ending) =>
        new(WorkUrgency.Soon, ending.Kind == EndingKind.ConnectorCertificate ? "todo.certificate" : $"todo.ends.{ending.Kind}", $"/connectors/{Uri.EscapeDataString(ending.Name)}", "todo.open_connector")
        {
            Subject = ending.Name, Until = ending.EndsAt, Values = [("connector", registry.FindConnector(ending.Name)?.DisplayName.In(language.Current)), ("day", DayOf(ending))],
        };

    private WorkItem OfClient(Ending ending) => new(WorkUrgency.Soon, ending.Kind == EndingKind.ClientSecret ? "todo.secret" : $"todo.ends.{ending.Kind}", "/apps/expiring", "todo.open_expiries")
    {
        Subject = ending.Name, Until = ending.EndsAt, Values = [("app", registry.FindClient(ending.Name)?.ClientName.In(language.Current)), ("day", DayOf(ending))],
    };

    private static WorkItem Together(List<Ending> endings) => new(WorkUrgency.Soon, "todo.many_end", "/apps/expiring", "todo.open_expiries")
    {
        Until = endings[0].EndsAt, Values = [("count", endings.Count), ("day", DayOf(endings[0]))],
    };

    private static ClockTime DayOf(Ending ending) => new(ending.EndsAt, dayOnly: true);
}
