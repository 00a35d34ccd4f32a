using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Domain.Assurance;

/// <summary>What an application asks for; the stricter of its registration and its request.</summary>
/// <param name="MaxAge">Null when any age will do. What is older counts neither as presence nor towards the level.</param>
/// <param name="MinimumRepresentation">For whoever acts as somebody else; <see cref="RepresentationStrength.None"/> for oneself.</param>
public sealed record AssuranceRequirement(
    int MinimumLevel = 0, TimeSpan? MaxAge = null, ProofingLevel MinimumProofing = ProofingLevel.SelfAsserted,
    RepresentationStrength MinimumRepresentation = RepresentationStrength.None)
{
    public static AssuranceRequirement None { get; } = new();
}

/// <summary>The axes on which a sign-in falls short; step-up asks for these and nothing else.</summary>
[Flags]
public enum MissingAssurance
{
    None = 0,

    /// <summary>A further method is needed.</summary>
    Level = 1,

    /// <summary>The person has to be present again.</summary>
    Freshness = 2,

    /// <summary>No method helps: the person has to come through a connector that proofs better.</summary>
    Proofing = 4,

    /// <summary>No sign-in helps: the register or the agency has to know more about whom this person acts for.</summary>
    Representation = 8,
}
