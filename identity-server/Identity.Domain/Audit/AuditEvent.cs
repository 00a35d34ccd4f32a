namespace Identity.Domain.Audit;

/// <summary>One fact that can be proved later. Append-only; written in the transaction of what it records. Holds no secret and no attribute value.</summary>
public sealed class AuditEvent
{
    /// <summary>Given by the database, growing, never given twice. A number may be missing: a transaction that was rolled back took it along.</summary>
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>What happened, dotted: <c>session.started</c>, <c>token.refused</c>.</summary>
    public required string Name
    {
        get;
        init => (field, Outcome) = (value, AuditOutcome.Of(value));
    }

    /// <summary>One word of <see cref="AuditOutcome"/>, which follows from the name. Stored, so that a search needs no list of names.</summary>
    public string Outcome { get; init; } = AuditOutcome.Succeeded;

    /// <summary>Why, when it was a refusal: one word of the catalogue that refused.</summary>
    public string? Reason { get; init; }

    /// <summary>Who did it when it was not the person: an administrator, a command, a node.</summary>
    public string? Actor { get; init; }

    public Guid? PersonId { get; init; }
    public string? ClientId { get; init; }
    public Guid? SessionId { get; init; }
    public string? Connector { get; init; }

    /// <summary>The code shown on the page, for the help desk.</summary>
    public string? Reference { get; init; }

    public string? Address { get; init; }
    public int? Port { get; init; }

    /// <summary>For operators; free of personal data and secrets.</summary>
    public string? Detail { get; init; }
}
