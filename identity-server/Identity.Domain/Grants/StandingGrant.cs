using Identity.Domain.Delegation;
using Identity.Domain.People;

namespace Identity.Domain.Grants;

/// <summary>A code that has just been burnt, and the grant it has opened.</summary>
public sealed record OpenedCode(StandingGrant Opened, string RedirectUri, string? CodeChallenge, bool SessionIsLive);

/// <summary>A grant together with the facts that its use depends on today.</summary>
/// <param name="Subject">Of the human; null before their first visit to the sector.</param>
/// <param name="Sid">Null before the session's first visit to the client.</param>
/// <param name="JoinedAs">The <c>sub</c> that the client knows the session by; empty when it was given several.</param>
public sealed record StandingGrant(Grant Grant, PersonStatus Person, string? Subject, string? Sid, string? JoinedAs)
{
    /// <summary>Whom the person acts for, as the rows say today; null for themselves, and before anybody asked the rows.</summary>
    public Capacity? ActingAs { get; init; }

    public IReadOnlyList<SealedAttribute> Attributes { get; init; } = [];
}
