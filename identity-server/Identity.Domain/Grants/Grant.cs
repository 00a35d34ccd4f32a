using Identity.Protocols.Federation;

namespace Identity.Domain.Grants;

/// <summary>
/// What a client may do for a person after one authorization: the family that every access and refresh token of it belongs to.
/// The refresh token lives in this row, so that a family has exactly one successor by construction and cannot fork.
/// </summary>
public sealed class Grant
{
    public Guid Id { get; init; }
    public required string ClientId { get; init; }
    public Guid PersonId { get; init; }
    public Guid SessionId { get; init; }
    public required string Scope { get; init; }
    public string? ClaimsRequest { get; init; }
    public string? ReleasedAttributes { get; init; }
    public string? Nonce { get; init; }
    /// <summary>As in the code; the rows behind it are asked again at every use.</summary>
    public string? Capacity { get; init; }

    public required string Acr { get; init; }
    public required string Amr { get; init; }
    public ProofingLevel Proofing { get; init; }
    public required string Connector { get; init; }
    public DateTimeOffset AuthenticatedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public string? RevokedReason { get; private set; }

    /// <summary>Finds the row; the part of the refresh token before the dot. An identifier, not a secret.</summary>
    public string? RefreshHandle { get; init; }

    public string? RefreshDigest { get; init; }

    /// <summary>Digest of the token that <see cref="RefreshDigest"/> replaced; honoured for the grace after <see cref="RotatedAt"/>.</summary>
    public string? PreviousRefreshDigest { get; private set; }

    /// <summary>Random; together with the previous token, which only its holder has, it yields the current one again.</summary>
    public string? RotationSalt { get; private set; }

    public DateTimeOffset? RotatedAt { get; private set; }

    /// <summary>Absolute end of the family; rotation never moves it.</summary>
    public DateTimeOffset? RefreshExpiresAt { get; init; }

    /// <summary>Sliding end: unused for this long, the family is over.</summary>
    public DateTimeOffset? RefreshIdleAt { get; init; }

    /// <summary>The grant may be used after the session has ended (<c>offline_access</c>).</summary>
    public bool Offline { get; init; }
}
