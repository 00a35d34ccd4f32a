using Identity.Domain.Grants;
using Identity.Domain.People;

namespace Identity.Domain.Sessions;

/// <summary>A live session and what the next answer to one client depends on.</summary>
public sealed record SignedIn(Session Session, PersonStatus Person)
{
    public IReadOnlyList<SealedAttribute> Attributes { get; init; } = [];

    /// <summary>Latest one for the client that is neither withdrawn nor over.</summary>
    public Consent? Consent { get; init; }
}
