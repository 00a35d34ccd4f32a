using Identity.Protocols.Federation;

namespace Identity.Domain.Linking;

/// <summary>An upstream identity tied to a person. (Issuer, Subject) is the only key; e-mail and name are never one.</summary>
public sealed class LinkedIdentity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public required string Connector { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }

    /// <summary>Strength of the proof that made the link; a link never lends more than it was made with.</summary>
    public ProofingLevel Proofing { get; set; }

    public DateTimeOffset LinkedAt { get; init; }
    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>
    /// Set on the second account at one provider. Its values never replace those of the main one, or a telephone number would change with
    /// every sign-in.
    /// </summary>
    public DateTimeOffset? SecondarySince { get; set; }

    /// <summary>Keyed digest of the address that a door of official mail opened with last; null for every other door.</summary>
    public string? MailDigest { get; set; }

    /// <summary>The same address, sealed.</summary>
    public string? SealedMail { get; set; }

    /// <summary>Set when a conflict is with the desk; a frozen link signs nobody in.</summary>
    public DateTimeOffset? FrozenAt { get; set; }
}
