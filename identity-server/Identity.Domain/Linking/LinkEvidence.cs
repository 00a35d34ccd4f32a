using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Domain.Linking;

/// <summary>Every fact that the decision rests on. E-mail, telephone and name are not among them.</summary>
/// <param name="External">With the connector's proofing ceiling already applied.</param>
/// <param name="Link">Found by issuer and subject.</param>
/// <param name="SameNumber">Found by the keyed digest of the asserted number. Only numbers that a source vouched for are in that
/// index: else typing a stranger's number would freeze the stranger.</param>
/// <param name="SignedIn">Set only while the person signed in here has asked, in this browser, to add a door or to prove themselves
/// again. An ordinary sign-in leaves it null, or a shared computer would link a stranger.</param>
public sealed record LinkEvidence(
    ExternalIdentity External, KnownLink? Link, IReadOnlyList<KnownPerson> SameNumber, SignedInPerson? SignedIn, DateTimeOffset Now);

public sealed record KnownLink(KnownPerson Person, bool Frozen);

/// <param name="Proofing">The best proof behind this person, the one that the number and the birth date came with.</param>
/// <param name="BirthDate"><c>yyyy-MM-dd</c> or <c>yyyy</c>.</param>
/// <param name="Number">This person's national number held against the asserted one.</param>
public sealed record KnownPerson(Guid Id, PersonStatus Status, ProofingLevel Proofing, string? BirthDate, NumberComparison Number)
{
    public override string ToString() => $"KnownPerson({Id}, {Status}, {Proofing}, number {Number})";
}

/// <param name="Proofing">Of the credential used in this session, which can be weaker than the person's best.</param>
public sealed record SignedInPerson(KnownPerson Person, ProofingLevel Proofing, DateTimeOffset AuthenticatedAt);

public enum NumberComparison
{
    /// <summary>One of the two sides has no number.</summary>
    Unknown,
    Same,
    Different,
}

/// <param name="MinimumToCreate">What a source must vouch for before somebody unknown becomes a person.</param>
public sealed record LinkPolicy(ProofingLevel MinimumToCreate)
{
    /// <summary>How old either of the two proofs may be when a door is added.</summary>
    public TimeSpan ProofLifetime { get; init; } = TimeSpan.FromMinutes(10);
}
