using System.Globalization;

namespace Identity.Domain.Audit;

/// <summary>What somebody wants to read of the trail: a span of time first, then who, what, about whom, and how it ended.</summary>
public sealed record AuditQuery(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Longer spans are for the export: a page must answer at once, whatever else was asked.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromDays(93);

    /// <summary>As the trail names it: <c>admin:…</c>, <c>command:…</c>, <c>node</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>The whole name of an event.</summary>
    public string? Event { get; init; }

    public Guid? PersonId { get; init; }
    public string? ClientId { get; init; }
    public Guid? SessionId { get; init; }

    /// <summary>One word of <see cref="AuditOutcome"/>.</summary>
    public string? Outcome { get; init; }

    public bool IsSound => From < To && To - From <= LongestSpan && Outcome is (null or AuditOutcome.Succeeded or AuditOutcome.Refused or AuditOutcome.Failed);

    /// <summary>Whether the row is of that time.</summary>
    public bool Holds(AuditEvent row) => row.At >= From && row.At < To;

    /// <summary>For the row that says what was read.</summary>
    public string Describe()
    {
        var words = new List<string> { string.Create(CultureInfo.InvariantCulture, $"from={From.UtcDateTime:O} to={To.UtcDateTime:O}") };
        Add("actor", Actor);
        Add("event", Event);
        Add("person", PersonId?.ToString());
        Add("client", ClientId);
        Add("session", SessionId?.ToString());
        Add("outcome", Outcome);
        return string.Join(' ', words);

        void Add(string name, string? value)
        {
            if (value is not null) words.Add($"{name}={value}");
        }
    }
}
