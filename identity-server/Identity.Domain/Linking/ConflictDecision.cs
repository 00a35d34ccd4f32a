namespace Identity.Domain.Linking;

/// <summary>What the desk can say about a case, with documents in hand.</summary>
public enum ConflictDecision
{
    /// <summary>Everything stays as it was; a door that the case froze opens again.</summary>
    Stays,

    /// <summary>
    /// What the case is about is one party's: the door moves to them; the number is theirs alone; the number or the birth date that the
    /// source gave replaces what their record says.
    /// </summary>
    Belongs,

    /// <summary>Records stay as they were, and the door signs nobody in.</summary>
    Shut,
}

/// <param name="BelongsTo">Only for <see cref="ConflictDecision.Belongs"/>.</param>
/// <param name="By">The operator.</param>
/// <param name="Papers">What the decision rests on: numbers of papers, never what stands in them.</param>
public sealed record ConflictRuling(ConflictDecision Decision, Guid? BelongsTo, string By, string Papers);

public enum ConflictOutcome
{
    Done,

    /// <summary>Unknown, or decided meanwhile by somebody else.</summary>
    NotOpen,

    /// <summary>The case is not about that person, or nobody was named.</summary>
    NotAParty,

    /// <summary>Somebody whom the case does not know of has that number: two people would share it again.</summary>
    HeldByAnother,

    /// <summary>The source gave no such value.</summary>
    NothingSaid,

    /// <summary>Nothing was decided that could be taken back.</summary>
    NotDecided,

    /// <summary>More than thirty days ago: applications rely on it.</summary>
    TooLate,

    /// <summary>Door or record have changed since; taking the decision back would overwrite that.</summary>
    ChangedSince,

    /// <summary>The same conflict has come up again, and has a case of its own.</summary>
    OpenAgain,
}
