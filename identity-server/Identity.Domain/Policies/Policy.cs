namespace Identity.Domain.Policies;

/// <summary>
/// What the province decides, and may decide anew while nodes run, as one document with a history. A member that is not there leaves the
/// settings of the installation in force, so a province without documents goes on as before.
/// </summary>
public abstract record Policy(PolicyName Name);

public enum PolicyName
{
    Sessions = 0,
    SignIn = 1,
    Review = 2,
    Retention = 3,
    Reminders = 4,
}

/// <summary>How long a browser stays signed in. A shorter pause counts at the next click; a shorter end counts for sign-ins from now on.</summary>
public sealed record SessionPolicy() : Policy(PolicyName.Sessions)
{
    public TimeSpan? Idle { get; init; }
    public TimeSpan? Absolute { get; init; }

    /// <summary>On a computer that many people use.</summary>
    public TimeSpan? SharedIdle { get; init; }

    /// <summary>Of administrators, at the administration host.</summary>
    public TimeSpan? AdministrationIdle { get; init; }

    /// <summary>A browser that stayed away for longer is a stranger, whose sign-in is told to its owner.</summary>
    public TimeSpan? RecognisedBrowser { get; init; }
}

/// <summary>What proves somebody, and for how long.</summary>
public sealed record SignInPolicy() : Policy(PolicyName.SignIn)
{
    /// <summary>Whether a code by mail may stand in for a second factor where a person has none.</summary>
    public bool? MailedCodes { get; init; }

    /// <summary>How old a proof may be for a change of one's own ways to sign in.</summary>
    public TimeSpan? FreshProof { get; init; }
}

/// <summary>By when somebody is owed an answer.</summary>
public sealed record ReviewPolicy() : Policy(PolicyName.Review)
{
    public int? WorkingDays { get; init; }

    /// <summary>In place of those of the settings, not beside them. Null for none here.</summary>
    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    /// <summary>Of an offer to act for somebody, from one person to another.</summary>
    public TimeSpan? Invitation { get; init; }
}

/// <summary>How long records stay. What is longer than a law asks for is the province's to justify.</summary>
public sealed record RetentionPolicy() : Policy(PolicyName.Retention)
{
    public TimeSpan? Audit { get; init; }

    /// <summary>Steps of failed sign-ins.</summary>
    public TimeSpan? Failures { get; init; }

    /// <summary>Ended sessions and permissions.</summary>
    public TimeSpan? History { get; init; }

    /// <summary>Mails that were sent or given up.</summary>
    public TimeSpan? Mail { get; init; }

    /// <summary>Counted hours and days.</summary>
    public TimeSpan? Statistics { get; init; }
}

public sealed record ReminderPolicy() : Policy(PolicyName.Reminders)
{
    /// <summary>Days before the end of a credential, certificate or key at which its owners get a letter. Null for none here.</summary>
    public IReadOnlyList<int>? ExpiryDays { get; init; }
}
