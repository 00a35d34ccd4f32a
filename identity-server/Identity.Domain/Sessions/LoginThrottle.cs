namespace Identity.Domain.Sessions;

/// <summary>Failed attempts against one key (an account seen from one network, or an account as a whole).</summary>
public sealed class LoginThrottle
{
    /// <summary>Keyed digest: the table tells nobody which names were tried.</summary>
    public required string Key { get; init; }

    /// <summary>Keyed digest of the name alone, so that an operator can lift every pause of one account.</summary>
    public required string Owner { get; init; }

    public int Attempts { get; init; }
    public DateTimeOffset WindowEndsAt { get; init; }
}
