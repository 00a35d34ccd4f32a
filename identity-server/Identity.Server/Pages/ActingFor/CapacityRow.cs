using Identity.Domain.Delegation;
using Identity.Domain.Organisations;

namespace Identity.Server.Pages.ActingFor;

/// <summary>One way to act, as a page shows it: whose name it is, why, for what and until when.</summary>
public sealed record CapacityRow(string Id, CapacityKind Kind, PartyKind Party, string Name)
{
    public string? Code { get; init; }
    public AffiliationKind? Standing { get; init; }
    public string? Position { get; init; }

    /// <summary>Names of the services that a mandate is limited to; empty when it is not.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public DateTimeOffset? Until { get; init; }
    public bool IsReadOnly { get; init; }

    /// <summary>Why it cannot be used here now; null when it can.</summary>
    public CapacityRefusal? Why { get; init; }

    public override string ToString() => Id;
}
