using Identity.Domain.Linking;
using Identity.Protocols.Federation;

namespace Identity.Server.Pages.SignIn;

/// <summary>Why a sign-in did not go on. Each has its own title, facts and next step; cancelling is not a failure.</summary>
public enum ProblemKind
{
    Cancelled,
    TimedOut,
    Unreachable,
    Refused,

    /// <summary>Signature, issuer, audience, nonce or time did not check out. One text: the difference helps only an attacker.</summary>
    NotGenuine,
    CodeRefused,
    MissingData,
    LevelTooLow,
    OrganisationAccount,
    Suspended,
    Deceased,
    NumberConflict,
    NumberMismatch,
    BirthDateDiffers,
    DoorOfAnother,
    OwnershipUnproved,
    LinkFrozen,
    AssuranceTooLow,
    Closed,
    ProofStale,
    ProofTooWeak,

    /// <summary>While proving who they are, somebody came through a door of another person, or of nobody.</summary>
    ProvedAnother,

    /// <summary>The sign-in that was the proof has ended, or somebody else's took its place.</summary>
    LinkInterrupted,
    WrongBrowser,
    DeclinedFirst,
    TooManyAttempts,

    /// <summary>The password was right, and the mailbox is an office's.</summary>
    SharedMailbox,

    /// <summary>The provider named an address that is not of its domains.</summary>
    ForeignMailbox,

    /// <summary>We could not be sure to speak with the right server, so the password was not sent.</summary>
    ConnectionUntrusted,

    /// <summary>Like <see cref="DeclinedFirst"/>, for what an agency's directory says.</summary>
    DeclinedMail,

    /// <summary>Signed in, and the application sends the person back again and again.</summary>
    Bounced,

    /// <summary>It broke here, not there.</summary>
    OurSide,
}

/// <param name="Text">Stem of the text keys.</param>
/// <param name="Note">Colour of the box: a person's own decision is neutral, never red.</param>
public sealed record ProblemShape(string Text, string Note, ProblemStep First)
{
    public static ProblemShape Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Cancelled => new("cancelled", "", ProblemStep.Retry),
        ProblemKind.TimedOut => new("timed_out", "warn", ProblemStep.Retry),
        ProblemKind.Unreachable => new("unreachable", "warn", ProblemStep.Retry),
        ProblemKind.Refused => new("refused", "warn", ProblemStep.Retry),
        ProblemKind.NotGenuine => new("not_genuine", "bad", ProblemStep.Retry),
        ProblemKind.CodeRefused => new("code_refused", "warn", ProblemStep.Retry),
        ProblemKind.MissingData => new("missing_data", "warn", ProblemStep.Retry),
        ProblemKind.LevelTooLow => new("level_too_low", "warn", ProblemStep.BackToApp),
        ProblemKind.OrganisationAccount => new("organisation_account", "warn", ProblemStep.Retry),
        ProblemKind.Suspended => new("suspended", "bad", ProblemStep.BackToApp),
        ProblemKind.Deceased => new("deceased", "warn", ProblemStep.BackToApp),
        ProblemKind.NumberConflict => new("number_conflict", "warn", ProblemStep.OtherWay),
        ProblemKind.NumberMismatch => new("number_mismatch", "warn", ProblemStep.BackToApp),
        ProblemKind.BirthDateDiffers => new("birth_date_differs", "warn", ProblemStep.BackToApp),
        ProblemKind.DoorOfAnother => new("door_of_another", "warn", ProblemStep.OtherWay),
        ProblemKind.OwnershipUnproved => new("ownership_unproved", "warn", ProblemStep.OtherWay),
        ProblemKind.LinkFrozen => new("link_frozen", "warn", ProblemStep.OtherWay),
        ProblemKind.AssuranceTooLow => new("assurance_too_low", "warn", ProblemStep.OtherWay),
        ProblemKind.Closed => new("closed", "warn", ProblemStep.OtherWay),
        ProblemKind.ProofStale => new("proof_stale", "", ProblemStep.OtherWay),
        ProblemKind.ProofTooWeak => new("proof_too_weak", "warn", ProblemStep.OtherWay),
        ProblemKind.ProvedAnother => new("proved_another", "warn", ProblemStep.OtherWay),
        ProblemKind.LinkInterrupted => new("link_interrupted", "warn", ProblemStep.OtherWay),
        ProblemKind.WrongBrowser => new("wrong_browser", "warn", ProblemStep.Restart),
        ProblemKind.DeclinedFirst => new("declined_first", "", ProblemStep.Retry),
        ProblemKind.TooManyAttempts => new("too_many_attempts", "warn", ProblemStep.OtherWay),
        ProblemKind.SharedMailbox => new("shared_mailbox", "warn", ProblemStep.OtherWay),
        ProblemKind.ForeignMailbox => new("foreign_mailbox", "warn", ProblemStep.OtherWay),
        ProblemKind.ConnectionUntrusted => new("connection_untrusted", "bad", ProblemStep.OtherWay),
        ProblemKind.DeclinedMail => new("declined_mail", "", ProblemStep.Retry),
        ProblemKind.Bounced => new("bounced", "warn", ProblemStep.GoOn),
        ProblemKind.OurSide => new("our_side", "bad", ProblemStep.Retry),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static ProblemKind From(LinkRefusal why) => why switch
    {
        LinkRefusal.OrganisationAccount => ProblemKind.OrganisationAccount,
        LinkRefusal.LinkFrozen => ProblemKind.LinkFrozen,
        LinkRefusal.AlreadyLinkedToAnotherPerson => ProblemKind.DoorOfAnother,
        LinkRefusal.PersonalNumberMismatch => ProblemKind.NumberMismatch,
        LinkRefusal.SeveralPeopleShareNumber => ProblemKind.NumberConflict,
        LinkRefusal.BirthDateDiffers => ProblemKind.BirthDateDiffers,
        LinkRefusal.ProofNotFresh => ProblemKind.ProofStale,
        LinkRefusal.ProofTooWeak => ProblemKind.ProofTooWeak,
        LinkRefusal.AssuranceTooLow => ProblemKind.AssuranceTooLow,
        LinkRefusal.PersonSuspended => ProblemKind.Suspended,
        LinkRefusal.PersonClosed => ProblemKind.Closed,
        LinkRefusal.PersonDeceased => ProblemKind.Deceased,
        _ => throw new ArgumentOutOfRangeException(nameof(why)),
    };

    public static ProblemKind From(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Unreachable => ProblemKind.Unreachable,
        UpstreamFailure.TimedOut => ProblemKind.TimedOut,
        UpstreamFailure.Refused => ProblemKind.Refused,
        UpstreamFailure.CodeRefused => ProblemKind.CodeRefused,
        UpstreamFailure.MissingClaim => ProblemKind.MissingData,
        UpstreamFailure.LevelTooLow => ProblemKind.LevelTooLow,
        UpstreamFailure.CredentialsRefused => ProblemKind.Refused,
        UpstreamFailure.SharedMailbox => ProblemKind.SharedMailbox,
        UpstreamFailure.CertificateUntrusted => ProblemKind.ConnectionUntrusted,
        _ => ProblemKind.NotGenuine,
    };
}

public enum ProblemStep
{
    Retry,
    OtherWay,
    BackToApp,
    Restart,

    /// <summary>The sign-in is done: hand it to the application once more.</summary>
    GoOn,
}
