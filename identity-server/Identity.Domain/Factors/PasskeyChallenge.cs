namespace Identity.Domain.Factors;

/// <summary>
/// A challenge that this server gave out, good for one answer. The framework would keep it in a cookie; a cookie and an answer that
/// were captured together could then be sent again, and counters that stand at 0 would not notice (L15).
/// </summary>
public sealed class PasskeyChallenge
{
    /// <summary>Of the challenge itself, with which the answer finds this row.</summary>
    public required string Digest { get; init; }

    public PasskeyPurpose Purpose { get; init; }

    /// <summary>Digest of the browser that asked.</summary>
    public required string BrowserDigest { get; init; }

    /// <summary>The parked request, or the session, that it was asked in.</summary>
    public required string Context { get; init; }

    /// <summary>Who may answer; null at a sign-in without a name.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The framework's own note about the ceremony. Without the private key it is worth nothing, so it is not sealed.</summary>
    public required string State { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
}

public enum PasskeyPurpose
{
    Register,
    SignIn,
    StepUp,
}
