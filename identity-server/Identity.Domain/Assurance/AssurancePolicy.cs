using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Domain.Assurance;

/// <summary>The one place where a level is computed. Nothing here may ever come out higher than what went in proves.</summary>
public static class AssurancePolicy
{
    /// <summary>What a person's own second factors can lift a sign-in to: two kinds, no biometric that we could check.</summary>
    public const int JoinedCeiling = 2;

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

    /// <summary>
    /// The session as this requirement may see it: proofs that are too old for it do not count, neither as presence nor towards the
    /// level. A password of this morning and a code of a moment ago are level 2, and under a <c>max_age</c> of five minutes they are
    /// the code alone.
    /// </summary>
    public static AuthenticationContext Counted(AuthenticationContext context, AssuranceRequirement requirement, DateTimeOffset requestedAt)
    {
        var fresh = context.Proofs.Where(p => !(requestedAt - p.At > requirement.MaxAge)).ToList();
        return fresh.Count == 0 || fresh.Count == context.Proofs.Count ? context : Sum(context, fresh);
    }

    /// <summary>A session after one more proof in it.</summary>
    public static AuthenticationContext Add(AuthenticationContext context, Proof proof) => Sum(context, Proof.Join(context.Proofs, proof));

    /// <param name="requestedAt">When the request arrived, not now: a sign-in after it is fresh however long the pages take, so
    /// <c>max_age=0</c> asks once and not for ever.</param>
    /// <param name="representation">How well the person's right to act for somebody is known; nothing for oneself.</param>
    public static MissingAssurance Missing(AuthenticationContext context, AssuranceRequirement requirement, DateTimeOffset requestedAt,
        RepresentationStrength representation = RepresentationStrength.None)
    {
        var missing = MissingAssurance.None;
        if (Counted(context, requirement, requestedAt).Level < requirement.MinimumLevel) missing |= MissingAssurance.Level;
        if (!context.Proofs.Any(p => p.StandsAlone && !(requestedAt - p.At > requirement.MaxAge))) missing |= MissingAssurance.Freshness;
        if (context.Proofing < requirement.MinimumProofing) missing |= MissingAssurance.Proofing;
        if (representation < requirement.MinimumRepresentation) missing |= MissingAssurance.Representation;
        return missing;
    }

    /// <summary>
    /// The best single proof, or what the methods of all make together. Together they make level 2 at most: a biometric is believed
    /// only as part of the proof it came with, whose source has a ceiling. Of proofs that are worth nothing alone nothing is made.
    /// </summary>
    public static int LevelOf(IReadOnlyCollection<Proof> proofs)
    {
        var best = proofs.Count == 0 ? 0 : proofs.Max(p => p.Level);
        return best == 0 ? 0 : Math.Max(best, AuthenticatorLevel.FromAmr(Joined(proofs)) ?? 0);
    }

    private static AuthenticationContext Sum(AuthenticationContext context, IReadOnlyList<Proof> proofs)
    {
        var level = LevelOf(proofs);
        // amr and acr never contradict each other: all methods if they prove just this level, else those that acr stands on.
        IReadOnlyList<string>[] sayings = [AuthenticatorLevel.Recognised(proofs.SelectMany(p => p.Amr)), Joined(proofs), .. proofs.Where(p => p.Level == level).Select(p => p.Amr)];
        return context with
        {
            Level = level,
            Amr = Array.Find(sayings, amr => (AuthenticatorLevel.FromAmr(amr) ?? 0) == level) ?? [],
            AuthenticatedAt = proofs.Max(p => p.At),
            Proofs = proofs,
        };
    }

    private static IReadOnlyList<string> Joined(IEnumerable<Proof> proofs) => AuthenticatorLevel.WithoutBiometrics(proofs.SelectMany(p => p.Amr));

    private static ProofingLevel Lower(ProofingLevel a, ProofingLevel b) => a < b ? a : b;
}
