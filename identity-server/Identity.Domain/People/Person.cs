using Identity.Domain.Linking;
using Identity.Protocols.Federation;

namespace Identity.Domain.People;

/// <summary>A human being with one identity, never an organisation. What is known about them lives in the attributes, each with its source.</summary>
public sealed class Person
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public PersonStatus Status { get; private set; } = PersonStatus.Active;
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Language the person chose, or null to follow the browser.</summary>
    public string? Language { get; set; }

    /// <summary>The person asked to leave: from then on the record is closed. A sign-in before it takes the wish back.</summary>
    public DateTimeOffset? ClosesAt { get; set; }

    public List<PersonAttribute> Attributes { get; private set; } = [];
    public List<LinkedIdentity> LinkedIdentities { get; private set; } = [];
    public List<Proofing> Proofings { get; private set; } = [];

    public static Person Create(DateTimeOffset now) => new() { CreatedAt = now };

    public void ChangeStatus(PersonStatus status) => Status = status;

    /// <summary>The strongest proofing ever made; proofings are facts and do not fade, freshness is another axis.</summary>
    public ProofingLevel BestProofing => Proofings.Count == 0 ? ProofingLevel.SelfAsserted : Proofings.Max(p => p.Level);
}
