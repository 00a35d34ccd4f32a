namespace Identity.Domain.Linking;

/// <summary>
/// Two records claim one human, or sources disagree about one. Nobody is merged and nothing is deleted: the case waits for the desk, which
/// decides with documents. A repeated attempt finds the open case again instead of adding one.
/// </summary>
public sealed class LinkConflict
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>One of those that <see cref="LinkConflicts.IsConflict"/> names.</summary>
    public LinkRefusal Kind { get; init; }

    public required string Connector { get; init; }

    /// <summary>Keyed digest of issuer and subject: the door that brought the conflict.</summary>
    public required string DoorDigest { get; init; }

    /// <summary>What the source said, sealed; gone when the case is.</summary>
    public required string SealedIdentity { get; set; }

    /// <summary>The code that the person was shown last.</summary>
    public required string Reference { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }
    public int Attempts { get; set; } = 1;

    /// <summary>Also the mark of every value that the decision changed: an undo finds them by it.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    public ConflictDecision? Decision { get; set; }

    /// <summary>For <see cref="ConflictDecision.Belongs"/>: whose it is.</summary>
    public Guid? BelongsTo { get; set; }

    /// <summary>The operator who decided.</summary>
    public string? ResolvedBy { get; set; }

    /// <summary>On which papers; no personal data.</summary>
    public string? Resolution { get; set; }

    /// <summary>Who had the door before it moved; an undo puts it back.</summary>
    public Guid? HeldBefore { get; set; }

    /// <summary>Since when the door had been frozen when the decision was made; an undo leaves it so again.</summary>
    public DateTimeOffset? FrozenBefore { get; set; }

    public List<LinkConflictParty> Parties { get; private set; } = [];
}

/// <summary>A person whom a conflict is about.</summary>
public sealed class LinkConflictParty
{
    public Guid ConflictId { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>Proved in the attempt to be the one at the keyboard: only to them is shown what our records say.</summary>
    public bool Proved { get; set; }
}
