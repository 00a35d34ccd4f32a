using Identity.Domain.Configuration;
using Identity.Domain.Statistics;

namespace Identity.Admin;

internal static class ConnectorState
{
    /// <summary>In one word; trouble first, then what is slow.</summary>
    public static string Of(ConnectorRegistration connector, ConnectorPulse? pulse) =>
        !connector.Enabled ? "off" : pulse is null ? "unused" : pulse.Troubled ? "trouble" : pulse.IsSlow ? "slow" : "well";
}
