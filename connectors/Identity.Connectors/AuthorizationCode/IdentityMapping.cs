using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>The last step: who this is at the upstream, how well proofed, and whether that is enough for this connector.</summary>
internal sealed class IdentityMapping(string connector, UpstreamSettings settings)
{
    private readonly AttributeMapping _attributes = new(settings);

    public UpstreamOutcome Map(UpstreamClaims claims, DateTimeOffset authenticatedAt, IReadOnlyList<string> amr, string? logoutHint)
    {
        if (claims.Text(settings.SubjectClaim) is not { Length: <= JwtClaims.MaximumSubjectLength } subject || subject.Any(char.IsControl))
            return Missing($"subject claim {settings.SubjectClaim}");
        if (Kind(claims) is not { } kind) return Missing("account kind, or a mapping for its value");

        var attributes = _attributes.Map(claims);
        if (settings.RequiredAttributes.FirstOrDefault(a => !attributes.ContainsKey(a)) is { } absent)
            return Missing($"attribute {absent}");

        // Organisations have no proofing level; that they cannot sign in is the server's refusal, with its own words.
        var proofing = Proofing(claims);
        if (kind == ExternalSubjectKind.Individual && proofing < settings.MinimumProofing)
            return new UpstreamOutcome.Failed(UpstreamFailure.LevelTooLow, $"{proofing} where {settings.MinimumProofing} is needed");

        return new UpstreamOutcome.Authenticated(
            new ExternalIdentity(connector, settings.Issuer, subject, kind, proofing, attributes, amr, authenticatedAt) { LogoutHint = logoutHint });
    }

    private ExternalSubjectKind? Kind(UpstreamClaims claims)
    {
        if (settings.AccountKindClaim is null) return ExternalSubjectKind.Individual;
        return claims.Text(settings.AccountKindClaim) is { } value && settings.AccountKinds.TryGetValue(value, out var kind)
            ? kind
            : null;
    }

    /// <summary>Silence falls back to what the upstream is known for; a word that nobody has mapped vouches for nothing.</summary>
    private ProofingLevel Proofing(UpstreamClaims claims)
    {
        if (settings.ProofingClaim is null || claims.Text(settings.ProofingClaim) is not { } value) return settings.DefaultProofing;
        return settings.ProofingLevels.GetValueOrDefault(value, ProofingLevel.SelfAsserted);
    }

    private static UpstreamOutcome.Failed Missing(string what) => new(UpstreamFailure.MissingClaim, $"no {what}");
}
