using Identity.Domain.Clients;

namespace Identity.Domain.Grants;

/// <summary>Why a code opened nothing. The person is known when the code is.</summary>
public sealed record LostCode(LostCodeReason Why, Guid? PersonId);

public enum LostCodeReason
{
    Unknown,
    Expired,

    /// <summary>Second use by the right client: the grant of the first use has been revoked.</summary>
    Replayed,

    /// <summary>Another client's code, burnt now.</summary>
    Foreign,
}

/// <summary>What becomes of a refresh token that is not the current one of a living family.</summary>
public abstract record LostRotation
{
    private LostRotation() { }

    /// <summary>The answer was lost and is asked for again: same successor, nothing changed.</summary>
    public sealed record Repeated(Grant Grant, RefreshTokenValue Token) : LostRotation;

    public sealed record Unknown : LostRotation;
    public sealed record Ended(Grant Grant, string Why) : LostRotation;

    /// <summary>An old token came back: one of the two holders is a thief, so the family is revoked.</summary>
    public sealed record Reused(Grant Grant) : LostRotation;
}

/// <param name="Lifetime">From the first issue to the end of the family; rotation never extends it.</param>
/// <param name="Idle">From each use.</param>
/// <param name="Grace">How long a lost answer may be asked for again.</param>
public sealed record RefreshTerms(TimeSpan Lifetime, TimeSpan Idle, TimeSpan Grace)
{
    public static RefreshTerms Of(Client client) => new(client.RefreshTokenLifetime, client.RefreshTokenIdle, client.RefreshTokenGrace);
}
