using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Domain.Statistics;

namespace Identity.Admin.Work;

/// <summary>A way to sign in that fails or lets people wait. What is switched off is somebody's decision and no trouble.</summary>
public sealed class ConnectorWork(ConnectorDesk desk, ConnectorHealth health, PageLanguage language) : IWorkSource
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var connectors = (await desk.ListAsync(actor, ct)).Where(e => e.Connector.Enabled).ToList();
        if (connectors.Count == 0) return [];
        var pulses = await health.ReadAsync(ct);
        return [.. connectors.Select(e => ItemFor(e.Connector, pulses.GetValueOrDefault(e.Connector.Name))).OfType<WorkItem>()];
    }

    private WorkItem? ItemFor(ConnectorRegistration connector, ConnectorPulse? pulse)
    {
        var (link, name) = ($"/connectors/{Uri.EscapeDataString(connector.Name)}", connector.DisplayName.In(language.Current));
        return pulse switch
        {
            { Troubled: true } => new(WorkUrgency.Now, "todo.connector_trouble", link, "todo.open_connector")
            {
                Subject = connector.Name, Values = [("connector", name), ("share", SmallNumber.Share(pulse.Lately.Failed, pulse.Lately.Tries, language.Current))],
            },
            { IsSlow: true } => new(WorkUrgency.Now, "todo.connector_slow", link, "todo.open_connector")
            {
                Subject = connector.Name, Values = [("connector", name), ("seconds", SmallNumber.Decimal(pulse.WaitP95!.Value, language.Current))],
            },
            _ => null,
        };
    }
}
