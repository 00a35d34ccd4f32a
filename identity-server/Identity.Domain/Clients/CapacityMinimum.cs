using Identity.Domain.Assurance;
using Identity.Domain.Organisations;

namespace Identity.Domain.Clients;

/// <summary>What an application asks of people who act in one kind of capacity, on top of what it asks of everybody.</summary>
/// <param name="Acr">Level 1 to 4.</param>
public sealed record CapacityMinimum(int Acr, RepresentationStrength Representation)
{
    /// <summary>Acting for oneself.</summary>
    public const string Citizen = "citizen";

    /// <summary>The kinds of the <c>capacity</c> claim.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Citizen, "representative", "official", "helper"];

    /// <summary>The stricter of both, axis by axis.</summary>
    public AssuranceRequirement On(AssuranceRequirement requirement) => requirement with
    {
        MinimumLevel = Math.Max(requirement.MinimumLevel, Acr),
        MinimumRepresentation = requirement.MinimumRepresentation > Representation ? requirement.MinimumRepresentation : Representation,
    };
}
