using System.ComponentModel.DataAnnotations;

namespace Identity.Hosting.Startup;

public sealed class NodeOptions
{
    /// <summary>What telemetry calls this node. The machine's name, unless several nodes share one.</summary>
    [Required(ErrorMessage = "write a name that no other node has")]
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>How often a node looks for what it was not called about. With wake-ups only a net; without them, the time that a change takes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>From "not ready" to closing the door. Longer than a load balancer takes to notice: its check interval times the failures it wants to see.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For requests that are being answered when the door closes; an upstream may take its time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
