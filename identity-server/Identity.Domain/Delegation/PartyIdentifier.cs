namespace Identity.Domain.Delegation;

/// <summary>What one sector knows an organisation or a unit by, when somebody acts for it: random and lasting, like a person's identifier.</summary>
public sealed class PartyIdentifier
{
    public required string Identifier { get; init; }

    /// <summary>Id of an organisation or of a unit; they share one space of UUIDs.</summary>
    public Guid PartyId { get; init; }

    public required string Sector { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
