namespace Identity.Domain.Grants;

/// <summary>A code as a client presents it, with all that the one statement needs which redeems it.</summary>
/// <param name="IdleSince">A session unseen since then is over.</param>
/// <param name="Refresh">The first refresh token, stored only if the code's scope holds <c>offline_access</c>; null when the client may have none.</param>
public sealed record CodePresentation(string Digest, string ClientId, string Sector, DateTimeOffset Now, DateTimeOffset IdleSince, RefreshTokenValue? Refresh, RefreshTerms? Terms);

/// <summary>A refresh token as a client presents it, and the successor that takes its place.</summary>
/// <param name="Salt">What made <paramref name="SuccessorDigest"/> out of the presented token.</param>
public sealed record RefreshPresentation(string Handle, string Digest, string ClientId, string Sector, string SuccessorDigest, string Salt, DateTimeOffset Now, DateTimeOffset IdleAt);
