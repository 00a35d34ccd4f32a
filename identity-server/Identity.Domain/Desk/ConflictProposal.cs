using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Desk;

/// <summary>What one desk would decide about a conflict; it counts when another one has said yes (identity-model rule 7).</summary>
public sealed class ConflictProposal
{
    public Guid ConflictId { get; init; }
    public ConflictVerdict Verdict { get; init; }

    /// <summary>Numbers of the papers that were compared.</summary>
    public required string Papers { get; init; }

    public Guid ProposedBy { get; init; }
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>Which proposal was read. The case may have another one a moment later, and a yes to this one is none to that (M25).</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ConflictId:N} {Verdict} {ProposedBy:N} {ProposedAt.UtcTicks} {Papers}")));
}

public enum ConflictVerdict
{
    /// <summary>Everything stays as it was; a door that the case froze opens again.</summary>
    Stays = 0,

    /// <summary>Records stay as they were, and the door signs nobody in.</summary>
    Shut = 1,
}
