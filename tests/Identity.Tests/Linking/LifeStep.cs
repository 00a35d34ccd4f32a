using Identity.Protocols.Federation;

namespace Identity.Tests.Linking;

/// <summary>What a human carries to a sign-in.</summary>
public enum Source
{
    /// <summary>National e-ID, level 02, with number and birth date.</summary>
    Eid,

    /// <summary>A weaker source that knows the number: level 01.</summary>
    WeakEid,

    /// <summary>An official mailbox without a number, known by the directory's immutable id.</summary>
    Mailbox,

    /// <summary>An official mailbox whose directory knows the number.</summary>
    NumberedMailbox,

    /// <summary>Nobody vouches for it; says whatever it likes, the number, name and address of somebody else included.</summary>
    Stranger,
}

public enum Deed
{
    SignIn,
    AddDoor,
    Unlink,
    Rename,

    /// <summary>The official leaves: the door is frozen, the mailbox address goes to somebody else with a new immutable id.</summary>
    LeaveAgency,

    /// <summary>The register gives the human another number.</summary>
    ChangeNumber,
    /// <summary>Asks to leave, and mostly means it.</summary>
    AskToClose,
    ADayPasses,
    EightDaysPass,
    VisitService,
}

/// <summary>One step of a made-up history. Prints as the line that reproduces it.</summary>
/// <param name="Odd">The rarer variant of the step: a year instead of a birth date, the mailbox of before, the weakest door as proof.</param>
public sealed record LifeStep(Deed Deed, int Human, Source Source, int Other, bool Odd)
{
    public static IReadOnlyList<LifeStep> Sequence(int seed, int length, int humans)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => new LifeStep(
            Pick(random), random.Next(humans), (Source)random.Next(5), random.Next(humans), random.Next(4) == 0))];
    }

    private static Deed Pick(Random random) => random.Next(100) switch
    {
        < 45 => Deed.SignIn,
        < 62 => Deed.AddDoor,
        < 70 => Deed.VisitService,
        < 77 => Deed.Unlink,
        < 81 => Deed.Rename,
        < 86 => Deed.LeaveAgency,
        < 88 => Deed.ChangeNumber,
        < 94 => Deed.AskToClose,
        < 97 => Deed.EightDaysPass,
        _ => Deed.ADayPasses,
    };

    public static ProofingLevel LevelOf(Source source) => source switch
    {
        Source.Eid => ProofingLevel.Level02,
        Source.WeakEid => ProofingLevel.Level01,
        Source.Mailbox or Source.NumberedMailbox => ProofingLevel.MailOnly,
        _ => ProofingLevel.SelfAsserted,
    };
}
