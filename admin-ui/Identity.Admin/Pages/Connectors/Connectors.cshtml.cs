using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Domain.Statistics;

namespace Identity.Admin.Pages.Connectors;

/// <summary>Whether the ways to sign in work, as all nodes together have seen it (P4).</summary>
[Needs(Permission.OperateConnectors)]
public sealed class ConnectorsModel(ConnectorDesk desk, ConnectorHealth health) : AdminPage
{
    public IReadOnlyList<(ConnectorEntry Entry, ConnectorPulse? Pulse)> Entries { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var pulses = await health.ReadAsync(ct);
        Entries = [.. (await desk.ListAsync(Actor, ct)).Select(entry => (entry, pulses.GetValueOrDefault(entry.Connector.Name)))];
    }

    /// <summary>In one word; trouble first, then what is slow.</summary>

    public static string TagOf(string state) => state switch { "trouble" => "bad", "well" => "", _ => "unsure" };
}
