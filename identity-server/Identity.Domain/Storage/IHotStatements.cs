using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.People;
using Identity.Domain.Sessions;

namespace Identity.Domain.Storage;

/// <summary>
/// The statements behind an authorization request, a token request, UserInfo and introspection, written by hand for each
/// engine: measured, they cost a tenth of what the mapper costs. Each is one transaction, and on PostgreSQL one round trip. They
/// hold no rule that is not a condition of the row; verdicts are made by their callers.
/// </summary>
public interface IHotStatements
{
    /// <summary>The live session behind a cookie, with what the next answer to the client depends on; null when there is none.</summary>
    /// <param name="clientId">Whose remembered release is wanted; null reads the session alone.</param>
    Task<SignedIn?> FindSignedInAsync(string secretDigest, string? clientId, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct);

    /// <summary>Writes what is known of a parked request when it is parked.</summary>
    Task ParkAsync(PendingAuthentication pending, CancellationToken ct);

    /// <summary>The parked request of this browser, whatever its state; null when there is none.</summary>
    Task<PendingAuthentication?> FindParkedAsync(string id, string browserDigest, CancellationToken ct);

    /// <summary>Writes the code and the row that says so, and concludes the parked request that it answers; false, and nothing written, when that one has been answered already.</summary>
    /// <param name="concludes">Id of the parked request; null when none was parked.</param>
    Task<bool> AddCodeAsync(AuthorizationCode code, string? concludes, AuditEvent entry, CancellationToken ct);

    /// <summary>Burns the code and opens its grant; null when it is not this client's, used, expired or unknown. Person, session and connector of <paramref name="entry"/> are taken from the code.</summary>
    Task<OpenedCode?> RedeemCodeAsync(CodePresentation presented, AuditEvent entry, CancellationToken ct);

    /// <summary>Replaces the refresh token by its successor; null when the presented one is not the current one of a living family.</summary>
    Task<StandingGrant?> RotateAsync(RefreshPresentation presented, AuditEvent entry, CancellationToken ct);

    /// <summary>What stands behind an access token; null when it was revoked, or its grant ended.</summary>
    /// <param name="sector">Sector whose subject identifier is wanted.</param>
    /// <param name="withAttributes">Read the person's sealed attributes as well.</param>
    Task<StandingGrant?> FindGrantAsync(string tokenId, Guid grantId, string sector, bool withAttributes, CancellationToken ct);

    /// <summary>For tokens without a grant: whether the token itself was revoked.</summary>
    Task<bool> IsRevokedAsync(string tokenId, CancellationToken ct);
}
