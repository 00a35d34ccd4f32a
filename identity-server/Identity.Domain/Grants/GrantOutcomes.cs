using Identity.Domain.Clients;

namespace Identity.Domain.Grants;

public abstract record CodeRedemption
{
    private CodeRedemption() { }
    public sealed record Redeemed(AuthorizationCode Code) : CodeRedemption;
    public sealed record Unknown : CodeRedemption;

    /// <summary>Second use by the right client: the grant of the first use has been revoked.</summary>
    public sealed record Replayed(AuthorizationCode Code) : CodeRedemption;
    public sealed record Expired(AuthorizationCode Code) : CodeRedemption;

    /// <summary>Another client's code, burnt now.</summary>
    public sealed record Foreign(AuthorizationCode Code) : CodeRedemption;
}

public abstract record RefreshRotation
{
    private RefreshRotation() { }

    public sealed record Rotated(Grant Grant, RefreshTokenValue Token) : RefreshRotation
    {
        /// <summary>The answer was lost and asked for again: same successor, nothing changed.</summary>
        public bool Repeated { get; init; }
    }

    public sealed record Unknown : RefreshRotation;
    public sealed record Ended(Grant Grant, string Why) : RefreshRotation;

    /// <summary>An old token came back: one of the two holders is a thief, so the family is revoked.</summary>
    public sealed record Reused(Grant Grant) : RefreshRotation;
}

public sealed record OpenedGrant(Grant Grant, RefreshTokenValue? RefreshToken);

/// <param name="Lifetime">From the first issue to the end of the family; rotation never extends it.</param>
/// <param name="Idle">From each use.</param>
/// <param name="Grace">How long a lost answer may be asked for again.</param>
public sealed record RefreshTerms(TimeSpan Lifetime, TimeSpan Idle, TimeSpan Grace)
{
    public static RefreshTerms Of(Client client) => new(client.RefreshTokenLifetime, client.RefreshTokenIdle, client.RefreshTokenGrace);
}
