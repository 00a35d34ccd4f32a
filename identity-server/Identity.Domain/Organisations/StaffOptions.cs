using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Organisations;

/// <summary>Rules about people in office. The defaults are those of security level 3 (TCVN 14423:2026 §5.6).</summary>
public sealed class StaffOptions
{
    /// <summary>Percent of a list's people. A file that would make more of them leave is rather a part of the list than the list.</summary>
    [Range(1, 100)]
    public int LargestLeaverShare { get; set; } = 20;

    /// <summary>Without a sign-in for this long, a post is on the list of idle ones.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "730.00:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromDays(45);

    /// <summary>Idle posts are suspended until an administrator lifts it. False: they are only listed.</summary>
    public bool SuspendIdle { get; set; } = true;

    /// <summary>How often the mail directories are compared with the record.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its mailbox was disabled an official keeps their doors.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DisabledGrace { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// The same for a mailbox that is gone: moving a directory can look like that for a while. With two rounds of the comparison it stays
    /// within the hour after which somebody has to know that an application lost its owner (prior-art.md §2.6).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan VanishedGrace { get; set; } = TimeSpan.FromMinutes(50);

    [Range(typeof(TimeSpan), "1.00:00:00", "730.00:00:00")]
    public TimeSpan ReviewEvery { get; set; } = TimeSpan.FromDays(182);
}
