using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Statistics;

namespace Identity.Admin.Work;

/// <summary>What breaks something when it ends within two weeks.</summary>
public sealed class ExpiryWork(Expiries expiries, ClientRegistry registry, PageLanguage language, TimeProvider clock) : IWorkSource
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct) =>
        [.. (await expiries.ReadAsync(actor, ct)).Where(e => e.Breaks && e.At - clock.GetUtcNow() < Expiries.Urgent).Select(ItemFor)];

    private WorkItem ItemFor(Expiry expiry) => expiry.IsOfConnector
        ? new(WorkUrgency.Soon, expiry.Kind == ExpiryKind.ConnectorCertificate ? "todo.certificate" : $"todo.ends.{expiry.Kind}", $"/connectors/{Uri.EscapeDataString(expiry.Name)}", "todo.open_connector")
        {
            Values = [("connector", registry.FindConnector(expiry.Name)?.DisplayName.In(language.Current)), ("day", new ClockTime(expiry.At, dayOnly: true))],
        }
        : new(WorkUrgency.Soon, expiry.Kind == ExpiryKind.ClientSecret ? "todo.secret" : $"todo.ends.{expiry.Kind}", "/statistics#expiries", "todo.open_expiries")
        {
            Values = [("app", registry.FindClient(expiry.Name)?.ClientName.In(language.Current)), ("day", new ClockTime(expiry.At, dayOnly: true))],
        };
}
