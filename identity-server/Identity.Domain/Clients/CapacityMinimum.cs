using Identity.Domain.Assurance;

namespace Identity.Domain.Clients;

/// <summary>What an application asks of people who act in one kind of capacity, on top of what it asks of everybody.</summary>
/// <param name="Acr">Level 1 to 4.</param>
public sealed record CapacityMinimum(int Acr)
{
    public AssuranceRequirement On(AssuranceRequirement requirement) => requirement with { MinimumLevel = Math.Max(requirement.MinimumLevel, Acr) };
}
