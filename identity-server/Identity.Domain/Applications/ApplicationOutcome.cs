using Identity.Domain.Configuration;

namespace Identity.Domain.Applications;

/// <summary>What became of a change to an application.</summary>
public abstract record ApplicationOutcome
{
    private ApplicationOutcome() { }

    /// <param name="Secret">What is shown once and never again, when the change made one.</param>
    public sealed record Done(Guid ApplicationId, string? Secret = null) : ApplicationOutcome
    {
        /// <summary>Nothing has changed yet: a second person has to say yes.</summary>
        public bool Waits { get; init; }

        public override string ToString() => $"Done({ApplicationId})";
    }

    public sealed record Refused(ApplicationRefusal Why) : ApplicationOutcome;

    /// <summary>The client's document would not be a sound one.</summary>
    public sealed record Unsound(IReadOnlyList<ConfigurationError> Errors) : ApplicationOutcome;

    public static implicit operator ApplicationOutcome(ApplicationRefusal why) => new Refused(why);
}

public enum ApplicationRefusal
{
    /// <summary>It is not there, or not for this person; nobody learns which.</summary>
    NotThere,
    NotAllowed,
    NameIsMissing,
    PurposeIsMissing,

    /// <summary>An application belongs to a unit that its first owner is an official of.</summary>
    UnitIsNotYours,
    SecondOwnerIsMissing,

    /// <summary>A machine is no owner, and names two.</summary>
    FirstOwnerIsMissing,
    SecondOwnerIsYou,
    AddressIsMissing,

    /// <summary>Nobody is named whom to call when something is wrong.</summary>
    ContactIsMissing,

    /// <summary>The province has no connector for made-up people.</summary>
    NoSandboxConnector,

    /// <summary>Somebody else changed it since the form was opened.</summary>
    ChangedMeanwhile,
    MailIsWrong,
    IsMemberAlready,
    NoSuchMember,

    /// <summary>No service account of the management API.</summary>
    NoSuchAccount,

    /// <summary>Two owners stay, always.</summary>
    OwnersWouldBeFew,
    TwoSecretsAlready,
    NoSuchSecret,
    LastSecret,
    UsedLately,
    WrongMethod,
    KeyIsUnsound,

    /// <summary>Who holds the sandbox's key would be production.</summary>
    KeyIsShared,
    KeyOfItsOwnIsMissing,
    TimeDoesNotFit,

    /// <summary>Fewer than nobody.</summary>
    NumberIsWrong,
    ChecklistIsOpen,
    RequestIsOpenAlready,
    NoOpenRequest,

    /// <summary>Another request, or another document of it, stands there now.</summary>
    IsNotWhatWasRead,

    /// <summary>What was approved would not be what goes live; it has to be asked for anew.</summary>
    ProductionChangedMeanwhile,
    OwnRequest,

    ReasonIsMissing,
    NextStepIsMissing,
    TextIsMissing,
    NothingToChange,

    /// <summary>The yearly question is not open: it is not time yet, or somebody has just answered.</summary>
    NothingToConfirm,
    ContactIsWrong,
    WhyUnusedIsMissing,

    /// <summary>Not there yet, or switched off.</summary>
    NotInProduction,
}
