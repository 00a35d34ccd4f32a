using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Desk;

/// <summary>What one desk would decide about a conflict; it counts when another one has said yes (identity-model rule 7).</summary>
public sealed class ConflictProposal
{
    public Guid ConflictId { get; init; }
    public ConflictVerdict Verdict { get; init; }

    /// <summary>Whose it is; only for <see cref="ConflictVerdict.Belongs"/>.</summary>
    public Guid? BelongsTo { get; init; }

    /// <summary>Only for <see cref="ConflictVerdict.Undo"/>.</summary>
    public UndoReason? Reason { get; init; }

    /// <summary>Numbers of the papers that were compared.</summary>
    public required string Papers { get; init; }

    public Guid ProposedBy { get; init; }
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>Which proposal was read. The case may have another one a moment later, and a yes to this one is none to that (M25).</summary>
    public string Mark =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ConflictId:N} {Verdict} {BelongsTo:N} {Reason} {ProposedBy:N} {ProposedAt.UtcTicks} {Papers}")));
}

public enum ConflictVerdict
{
    /// <summary>Everything stays as it was; a door that the case froze opens again.</summary>
    Stays = 0,

    /// <summary>Records stay as they were, and the door signs nobody in.</summary>
    Shut = 1,

    /// <summary>What the case is about is one side's (<see cref="Linking.ConflictDecision.Belongs"/>).</summary>
    Belongs = 2,

    /// <summary>About a decided case: what was decided is taken back, and the case is open again.</summary>
    Undo = 3,
}

/// <summary>Why a decision is taken back. A list and not a text, so that nobody's story stands in the trail.</summary>
public enum UndoReason
{
    NewPapers = 0,

    /// <summary>The desk read the papers wrongly, or chose the wrong side.</summary>
    DeskError = 1,

    /// <summary>One of the people whom the case is about disagrees.</summary>
    Objection = 2,
}

/// <summary>What somebody at a desk would decide, as they said it.</summary>
public sealed record ConflictWish(ConflictVerdict Verdict, string? Papers)
{
    /// <summary><see cref="ConflictSide.Mark"/> of the side it belongs to; only for <see cref="ConflictVerdict.Belongs"/>.</summary>
    public string? Side { get; init; }

    /// <summary>Only for <see cref="ConflictVerdict.Undo"/>.</summary>
    public UndoReason? Reason { get; init; }
}
