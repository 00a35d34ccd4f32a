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

    /// <summary>Class of the tag for a state of <see cref="ConnectorState"/>: what needs somebody stands out, what is not known yet is marked as such.</summary>
    public static string TagOf(string state) => state switch { "trouble" => "bad", "well" => "", _ => "unsure" };
}
