using Identity.Protocols.Federation;

namespace Identity.Domain.Assurance;

/// <summary>The one place where a level is computed. Nothing here may ever come out higher than what went in proves.</summary>
public static class AssurancePolicy
{
    /// <summary>Applies the proofing ceiling. Before linking, so that a weak upstream cannot match people by a strong claim.</summary>
    public static ExternalIdentity Cap(ExternalIdentity external, ConnectorAssurance connector) =>
        external with { Proofing = Lower(external.Proofing, connector.ProofingCeiling) };

    public static AuthenticationContext Judge(ExternalIdentity external, ConnectorAssurance connector)
    {
        var amr = external.Amr.Count > 0 ? external.Amr : connector.ImpliedAmr;
        var proved = Judge(external.Connector, amr, Cap(external, connector).Proofing, external.AuthenticatedAt);
        // Methods that we do not believe are not passed on: amr must not tell an application more than acr does.
        return proved.Level > connector.LevelCeiling ? proved with { Level = connector.LevelCeiling, Amr = [] } : proved;
    }

    /// <summary>For a sign-in by our own methods (passkey, one-time code), where no connector stands between.</summary>
    public static AuthenticationContext Judge(string connector, IReadOnlyList<string> amr, ProofingLevel proofing, DateTimeOffset at)
    {
        var known = AuthenticatorLevel.Recognised(amr);
        // Somebody did sign in somehow: without a known method that is one factor. A biometric alone is known, and is none.
        var level = known.Count == 0 ? 1 : AuthenticatorLevel.FromAmr(known) ?? 0;
        return new(level, known, at, proofing, connector);
    }

    /// <param name="requestedAt">When the request arrived, not now: a sign-in after it is fresh however long the pages take, so
    /// <c>max_age=0</c> asks once and not for ever.</param>
    public static MissingAssurance Missing(AuthenticationContext context, AssuranceRequirement requirement, DateTimeOffset requestedAt)
    {
        var missing = MissingAssurance.None;
        if (context.Level < requirement.MinimumLevel) missing |= MissingAssurance.Level;
        if (requestedAt - context.AuthenticatedAt > requirement.MaxAge) missing |= MissingAssurance.Freshness;
        if (context.Proofing < requirement.MinimumProofing) missing |= MissingAssurance.Proofing;
        return missing;
    }

    private static ProofingLevel Lower(ProofingLevel a, ProofingLevel b) => a < b ? a : b;
}
