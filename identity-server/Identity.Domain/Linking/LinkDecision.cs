namespace Identity.Domain.Linking;

/// <summary>What happens to somebody who came through an external door.</summary>
public abstract record LinkDecision
{
    private LinkDecision() { }

    /// <param name="AddLink">The door is new to this person: store it, write to the person's ledger, notify all known contacts.</param>
    public sealed record SignIn(Guid PersonId, bool AddLink) : LinkDecision;

    /// <summary>Like <see cref="SignIn"/>, for a person who had left: active again, with the identifiers of before.</summary>
    public sealed record ReopenPerson(Guid PersonId, bool AddLink) : LinkDecision;

    /// <summary>
    /// The number says that this may be the same human, the proofs are too weak to say so. Nothing is linked: the human signs in
    /// through an old door, and that session goes back into the decision as <see cref="LinkEvidence.SignedIn"/>.
    /// </summary>
    public sealed record ConfirmOwnership(Guid Candidate) : LinkDecision;

    public sealed record CreatePerson : LinkDecision;

    public sealed record Refuse(LinkRefusal Why) : LinkDecision;
}

/// <summary>Each value has its own page text and audit reason.</summary>
public enum LinkRefusal
{
    /// <summary>An organisation is no human and cannot sign in; its representative can.</summary>
    OrganisationAccount,

    /// <summary>The directory or the desk froze this door (rules 6 and 9).</summary>
    LinkFrozen,

    /// <summary>The signed-in person tried to add a door that is somebody else's. The door does not move.</summary>
    AlreadyLinkedToAnotherPerson,

    /// <summary>Different national numbers never merge. After a corrected number the desk records the new one first.</summary>
    PersonalNumberMismatch,

    /// <summary>Two people hold, or would hold, one number: frozen, the desk decides with documents.</summary>
    SeveralPeopleShareNumber,

    /// <summary>Equal number, contradicting birth dates: the desk decides with documents.</summary>
    BirthDateDiffers,

    /// <summary>One of the two proofs is too old; sign in again and repeat.</summary>
    ProofNotFresh,

    /// <summary>This session is weaker than the person it would add to, or than the door it would add.</summary>
    ProofTooWeak,

    /// <summary>The source vouches for less than a new person needs.</summary>
    AssuranceTooLow,
    PersonSuspended,

    /// <summary>The person left, and this door is too weak to bring the record back; a level-02 e-ID does.</summary>
    PersonClosed,
    PersonDeceased,
}
