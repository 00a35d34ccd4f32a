namespace Identity.Domain.Grants;

/// <summary>A single access token revoked before its end (RFC 7009); the row may go when the token would have expired.</summary>
public sealed class RevokedToken
{
    public required string TokenId { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
