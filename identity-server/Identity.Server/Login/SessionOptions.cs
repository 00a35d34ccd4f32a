using System.ComponentModel.DataAnnotations;
using Identity.Domain.Policies;
using Identity.Domain.Sessions;

namespace Identity.Server.Login;

public sealed class SessionOptions
{
    /// <summary>NIST SP 800-63B-4 suggests about an hour of inactivity at AAL2; a public counter wants less and gets it by configuration.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>A working day with a margin. AAL2 allows 24 hours at most.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan Absolute { get; set; } = TimeSpan.FromHours(12);

    /// <summary>On a computer that many people use, whoever comes next is minutes away (ux.md S12).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan SharedIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What the province has decided comes before what this node was told.</summary>
    public SessionLimits LimitsUnder(SessionPolicy policy) => new(policy.Idle ?? Idle, policy.Absolute ?? Absolute, policy.SharedIdle ?? SharedIdle);
}
