using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Audit;

public sealed class AuditOptions
{
    /// <summary>The longest of the duties we know: providers of network services keep account, times, address and source port for 12 months (Decree 333 Art. 16 and 20).</summary>
    public static readonly TimeSpan ShortestRetention = TimeSpan.FromDays(366);

    /// <summary>
    /// How long rows stay; then whole sealed blocks lose theirs. Five years mirrors what the national e-ID system keeps of its own use
    /// (vietnam.md §1.4 and its table of retentions): the page "my activity" reads these rows, and a dispute about a public service may take as long.
    /// </summary>
    [Range(typeof(TimeSpan), "366.00:00:00", "36525.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1_827);

    /// <summary>How often rows are sealed: for this long, somebody who can write to the database could still change a fresh row unseen.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SealInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Rows of stateless answers that may wait for their commit. A row is about a kilobyte; beyond this many, callers wait and are then refused.</summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; set; } = 10_000;

    /// <summary>How long a caller waits for a place in a full queue before it is told to come again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan QueuePatience { get; set; } = TimeSpan.FromSeconds(2);
}
