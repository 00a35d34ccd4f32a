namespace Identity.Domain.Statistics;

/// <summary>
/// The hours of a whole day, or of a whole month, in one row. Made from the hours once nothing changes them any more (<see cref="DailyRollUp"/>),
/// so that a year is not added up anew with every look. The hours stay; what has not been rolled up yet is read from them.
/// </summary>
public sealed class StatisticSpan
{
    /// <summary>In the place of a client: all of them together, and what belongs to none. No client can be called so.</summary>
    public const string AllClients = "*";

    /// <summary>Days have eight digits, months six.</summary>
    public const int LastMonth = 999_999;

    public required string ClientId { get; init; }

    /// <summary>A day in Vietnam, <c>20261128</c>, or a month, <c>202611</c>.</summary>
    public int Day { get; init; }

    public required string Name { get; init; }
    public required string Connector { get; init; }
    public required string Reason { get; init; }
    public long Amount { get; init; }
}
