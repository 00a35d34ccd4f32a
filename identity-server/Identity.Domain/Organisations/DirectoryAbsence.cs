namespace Identity.Domain.Organisations;

/// <summary>A linked mailbox that its directory has disabled or names no more. Gone again as soon as the mailbox is back.</summary>
public sealed class DirectoryAbsence
{
    /// <summary>The <see cref="Linking.LinkedIdentity"/>.</summary>
    public Guid LinkId { get; init; }

    public bool IsDisabled { get; set; }
    public DateTimeOffset Since { get; init; }

    /// <summary>When the grace was over and the door was closed. The link is thawed only if it is still frozen since then.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}
