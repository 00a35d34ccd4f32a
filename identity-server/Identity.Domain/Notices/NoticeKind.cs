namespace Identity.Domain.Notices;

/// <summary>What a person is told about their own account. The stored number is the member's; a new kind goes to the end.</summary>
public enum NoticeKind
{
    /// <summary>Signed in from a browser that was not seen with this person before.</summary>
    NewDevice = 0,
    MethodAdded = 1,
    MethodRemoved = 2,
    IdentityLinked = 3,
    IdentityUnlinked = 4,
    RecoveryStarted = 5,
    RecoveryFinished = 6,
    MandateGiven = 7,
    MandateUsedFirst = 8,
    CapacityEnded = 9,
    AccountClosed = 10,
    AccountReopened = 11,

    /// <summary>Two people claim the same identity; the desk decides.</summary>
    ConflictFrozen = 12,

    /// <summary>Notices go to another address from now on; the old one is told as well.</summary>
    ContactChanged = 13,

    /// <summary>Somebody said "this was not me": everything was ended.</summary>
    ReportedNotMe = 14,

    MandateEnded = 15,
    CapacityGiven = 16,

    /// <summary>The person asked to leave; a sign-in within a week takes it back.</summary>
    AccountClosing = 17,

    /// <summary>Somebody else tried to add a way to sign in that is this person's; it did not move.</summary>
    DoorClaimed = 18,

    /// <summary>The desk has decided about a conflict that the person is a party of.</summary>
    ConflictDecided = 19,

    /// <summary>It has taken that back.</summary>
    ConflictReopened = 20,

    /// <summary>Somebody at a desk opened the person's record; the history says who and why.</summary>
    RecordLookedUp = 22,
    AccountFrozen = 23,
    AccountUnfrozen = 24,

    /// <summary>Two administrators let the person set up their second steps anew, within the hour.</summary>
    RecoveryGranted = 25,
}
