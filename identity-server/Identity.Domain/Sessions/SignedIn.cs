using Identity.Domain.Grants;
using Identity.Domain.People;

namespace Identity.Domain.Sessions;

/// <summary>A live session and what the next answer to one client depends on.</summary>
/// <param name="Consent">Latest one for the client that is neither withdrawn nor over.</param>
public sealed record SignedIn(Session Session, IReadOnlyList<SealedAttribute> Attributes, Consent? Consent);
