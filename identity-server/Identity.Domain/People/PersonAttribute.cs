using Identity.Protocols.Federation;

namespace Identity.Domain.People;

/// <summary>One value with its source. A newer value supersedes the row instead of overwriting it, so that the past can be told.</summary>
public sealed class PersonAttribute
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }

    /// <summary>One of <see cref="AttributeNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Sealed by <see cref="Privacy.PersonalDataVault"/>; never readable in the table.</summary>
    public required string SealedValue { get; init; }

    /// <summary>Keyed digest for the few attributes that people are found by (the national number); otherwise null.</summary>
    public string? LookupDigest { get; init; }

    /// <summary>Connector that vouched for the value.</summary>
    public required string Source { get; init; }

    public ProofingLevel Level { get; init; }
    public DateTimeOffset ObtainedAt { get; init; }
    public DateTimeOffset? SupersededAt { get; set; }
}
