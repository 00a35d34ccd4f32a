namespace Identity.Domain.Factors;

/// <summary>How often a person has been asked whether they want to set something up, so that nobody is asked for ever.</summary>
public sealed class FactorReminder
{
    /// <summary>NIST calls it fatigue: three times, a month apart, and then never again.</summary>
    public const int Most = 3;

    public static readonly TimeSpan Pause = TimeSpan.FromDays(30);

    public Guid PersonId { get; init; }
    public ReminderKind Kind { get; init; }
    public int Shown { get; set; }
    public DateTimeOffset LastShownAt { get; set; }

    /// <summary>"Do not ask again."</summary>
    public bool Declined { get; set; }

    public bool IsDue(DateTimeOffset now) => !Declined && Shown < Most && LastShownAt + Pause <= now;
}

public enum ReminderKind
{
    /// <summary>Sign in faster next time.</summary>
    Passkey,

    /// <summary>One way only: losing it is losing the account.</summary>
    SecondWay,
}
