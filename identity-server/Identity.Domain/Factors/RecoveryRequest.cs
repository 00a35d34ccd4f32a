namespace Identity.Domain.Factors;

/// <summary>
/// Somebody has lost every second way and waits a day (identity-model rule 13): time for the owner to read a notice and say no. It is
/// worth nothing by itself; the first factor is asked for again when the day is over.
/// </summary>
public sealed class RecoveryRequest
{
    public static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    /// <summary>Open for a week after the wait; who has not come by then did not need it.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(7);

    /// <summary>The same after two administrators have said yes.</summary>
    public static readonly TimeSpan Granted = TimeSpan.FromHours(1);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public DateTimeOffset BeganAt { get; init; }

    /// <summary>From then on it may be used.</summary>
    public DateTimeOffset RipeAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
}
