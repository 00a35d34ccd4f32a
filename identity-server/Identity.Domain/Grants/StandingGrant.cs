using Identity.Domain.People;

namespace Identity.Domain.Grants;

/// <summary>A code that has just been burnt, and the grant it has opened.</summary>
public sealed record OpenedCode(StandingGrant Opened, string RedirectUri, string? CodeChallenge, bool SessionIsLive);

/// <summary>A grant together with the facts that its use depends on today.</summary>
/// <param name="Subject">Null before the person's first visit to the sector.</param>
/// <param name="Sid">Null before the session's first visit to the client.</param>
public sealed record StandingGrant(Grant Grant, PersonStatus Person, string? Subject, string? Sid)
{
    public IReadOnlyList<SealedAttribute> Attributes { get; init; } = [];
}
