namespace Identity.Domain.Clients;

/// <summary>
/// What one sector knows a person by: random, never derived, never given to anybody else. The row outlives the account, so a
/// person who closes it and comes back with the same proof is recognised by every application (identity-model: subject identifiers).
/// </summary>
public sealed class SubjectIdentifier
{
    /// <summary>Sector of clients that registered <c>subject_type=public</c>; no configured sector may take this name.</summary>
    public const string PublicSector = "public";

    public required string Identifier { get; init; }
    public Guid PersonId { get; init; }
    public required string Sector { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
