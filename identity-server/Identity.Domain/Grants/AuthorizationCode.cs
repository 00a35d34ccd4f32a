using Identity.Protocols.Federation;

namespace Identity.Domain.Grants;

/// <summary>What the code stands for; the code itself rests as a digest. Redeemed rows stay until they expire, so that a replay is recognised.</summary>
public sealed class AuthorizationCode
{
    public required string Digest { get; init; }
    public required string ClientId { get; init; }
    public Guid PersonId { get; init; }
    public Guid SessionId { get; init; }

    /// <summary>Identifies the grant that redemption will create; a replay revokes it by this id.</summary>
    public Guid GrantId { get; init; } = Guid.CreateVersion7();

    public required string RedirectUri { get; init; }
    public string? CodeChallenge { get; init; }
    public string? Nonce { get; init; }
    public required string Scope { get; init; }

    /// <summary>The OIDC <c>claims</c> parameter as received, or null.</summary>
    public string? ClaimsRequest { get; init; }

    /// <summary>Names of optional attributes that the person agreed to, space-separated; null when nothing was left out.</summary>
    public string? ReleasedAttributes { get; init; }

    /// <summary>Which right the person acts by, when they act for somebody else; null when for themselves. <see cref="Delegation.Capacity.Id"/>.</summary>
    public string? Capacity { get; init; }

    public required string Acr { get; init; }
    public required string Amr { get; init; }
    public ProofingLevel Proofing { get; init; }
    public required string Connector { get; init; }
    public DateTimeOffset AuthenticatedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RedeemedAt { get; private set; }
}
