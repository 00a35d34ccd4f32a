using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>An ID token that passed every check, with what the rest of the sign-in needs from it.</summary>
internal sealed record ValidIdToken(JwtClaims Claims, string Subject, DateTimeOffset AuthenticatedAt, IReadOnlyList<string> Methods)
{
    public override string ToString() => nameof(ValidIdToken);
}

/// <summary>OpenID Connect Core 1.0 §3.1.3.7; the numbers are the section's own.</summary>
internal sealed class IdTokenValidation(OidcConnectorSettings settings, UpstreamKeys keys, TimeProvider clock)
{
    private const int MostMethods = 16;
    private const int LongestMethod = 64;

    public async Task<Checked<ValidIdToken>> ValidateAsync(UpstreamTokens tokens, string nonce, CancellationToken ct)
    {
        // 1. decryption: not offered at registration, so an encrypted token is malformed.
        // 6.-8. the signature is checked although TLS would do, with public keys only, by an algorithm on our list.
        var signed = await keys.VerifyAsync(tokens.IdToken, settings.IdTokenAlgorithms, ct);
        if (!signed.Passed(out var token, out var failed)) return failed;
        // RFC 8725 §3.11: an access or logout token of the same issuer is signed by the same key.
        if (!token.HasType("") && !token.HasType("JWT")) return Failed(UpstreamFailure.Malformed, "typ");
        if (!JwtClaims.TryRead(token.Payload, out var claims)) return Failed(UpstreamFailure.Malformed, "claim types");
        var problem = Misaddressed(claims) ?? OutOfTime(claims) ?? Unbound(claims, nonce, tokens.AccessToken, token.Algorithm);
        if (problem is not null) return problem;
        if (claims.Subject is not { } subject) return Failed(UpstreamFailure.MissingClaim, "sub");
        // 12. acr: at most the methods that a contract says it stands for; what they are worth belongs to the server's policy.
        // 13. auth_time: judged by the server against the max_age it needs; here only that it is not from the future.
        if (!claims.TryGetDate("auth_time", out var authTime)) return Failed(UpstreamFailure.Malformed, "auth_time");
        if (authTime > clock.GetUtcNow() + settings.ClockSkew) return Failed(UpstreamFailure.Stale, "auth_time");
        return new ValidIdToken(claims, subject, authTime ?? claims.IssuedAt!.Value, Methods(claims));
    }

    /// <summary>An unreadable list is an empty one, which can only make the sign-in weaker.</summary>
    private IReadOnlyList<string> Methods(JwtClaims claims)
    {
        if (!claims.TryGetTexts("amr", out var methods) || methods.Count > MostMethods || !methods.All(m => m.Length <= LongestMethod)) return [];
        return methods.Count == 0 && claims.TryGetText("acr", out var acr) && acr is not null ? settings.AmrByAcr.GetValueOrDefault(acr, []) : methods;
    }

    private UpstreamOutcome.Failed? Misaddressed(JwtClaims claims)
    {
        if (claims.Issuer != settings.Issuer) return Failed(UpstreamFailure.WrongIssuer, "iss");                     // 2.
        if (!claims.Audiences.Contains(settings.ClientId)) return Failed(UpstreamFailure.WrongAudience, "aud");      // 3.
        if (!claims.TryGetText("azp", out var party)) return Failed(UpstreamFailure.Malformed, "azp");
        var needsParty = claims.Audiences.Count > 1;                                                                 // 4.
        if (party is null ? needsParty : party != settings.ClientId) return Failed(UpstreamFailure.WrongAudience, "azp"); // 5.
        return null;
    }

    private UpstreamOutcome.Failed? OutOfTime(JwtClaims claims)
    {
        var now = clock.GetUtcNow();
        var skew = settings.ClockSkew;
        if (claims.ExpiresAt is not { } expires || claims.IssuedAt is not { } issued)
            return Failed(UpstreamFailure.MissingClaim, "exp or iat");
        if (now >= expires + skew) return Failed(UpstreamFailure.Stale, "exp");                                      // 9.
        if (issued > now + skew || claims.NotBefore > now + skew) return Failed(UpstreamFailure.Stale, "iat or nbf in the future");
        return now - issued > settings.MaxTokenAge + skew ? Failed(UpstreamFailure.Stale, "iat") : null;             // 10.
    }

    private static UpstreamOutcome.Failed? Unbound(JwtClaims claims, string nonce, string accessToken, string algorithm)
    {
        if (!claims.TryGetText("nonce", out var given) || !AuthorizationResponse.SameSecret(given, nonce))
            return Failed(UpstreamFailure.WrongNonce, "nonce");                                                      // 11.
        // §3.1.3.8: optional in the code flow, but when it is there it must be right.
        if (!claims.TryGetText("at_hash", out var hash) || (hash is not null && hash != TokenHash.LeftHalf(accessToken, algorithm)))
            return Failed(UpstreamFailure.SignatureInvalid, "at_hash");
        return null;
    }

    private static UpstreamOutcome.Failed Failed(UpstreamFailure why, string claim) => new(why, $"ID token: {claim}");
}
