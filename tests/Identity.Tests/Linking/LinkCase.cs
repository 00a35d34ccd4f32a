using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Tests.Linking;

public enum Door
{
    Unknown,
    Mine,
    MineFrozen,
    Others,
}

/// <summary>What the source says about the number, and who has it. "Mine" is always the person Me, "other" the person Other.</summary>
public enum Number
{
    NotAsserted,
    NotANumber,
    Placeholder,
    NobodyHasIt,
    IHaveIt,
    OtherHasIt,
    IHaveADifferentOne,
    IHaveADifferentOneOtherHasIt,
    BothHaveIt,
}

public enum Birth
{
    Equal,
    Different,
    NotAsserted,
    YearOnly,
}

public enum Age
{
    Fresh,
    SessionStale,
    SourceStale,
}

/// <summary>One cell of the decision table.</summary>
public sealed record LinkCase(
    Door Door, bool SignedIn, Number Number, bool Organisation, ProofingLevel Source, ProofingLevel Person, PersonStatus Status,
    Birth Birth, ProofingLevel Minimum, ProofingLevel Session, Age Age)
{
    public static readonly Guid Me = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-00000000000b");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<LinkCase> All(Door door, bool signedIn, Number number) =>
        from organisation in (bool[])[false, true]
        from source in Enum.GetValues<ProofingLevel>()
        from person in Enum.GetValues<ProofingLevel>()
        from status in Enum.GetValues<PersonStatus>()
        from birth in Enum.GetValues<Birth>()
        from minimum in (ProofingLevel[])[ProofingLevel.MailOnly, ProofingLevel.Level02]
        from session in signedIn ? Enum.GetValues<ProofingLevel>() : [default]
        from age in signedIn ? Enum.GetValues<Age>() : [default]
        select new LinkCase(door, signedIn, number, organisation, source, person, status, birth, minimum, session, age);

    public static IEnumerable<LinkCase> All() =>
        from door in Enum.GetValues<Door>()
        from signedIn in (bool[])[false, true]
        from number in Enum.GetValues<Number>()
        from one in All(door, signedIn, number)
        select one;

    public LinkPolicy Policy => new(Minimum);

    public LinkEvidence Evidence()
    {
        var me = new KnownPerson(Me, Status, Person, "1990-01-02", Number switch
        {
            Number.IHaveIt or Number.BothHaveIt or Number.Placeholder => NumberComparison.Same,
            Number.IHaveADifferentOne or Number.IHaveADifferentOneOtherHasIt => NumberComparison.Different,
            _ => NumberComparison.Unknown,
        });
        var otherHasIt = Number is Number.OtherHasIt or Number.IHaveADifferentOneOtherHasIt or Number.BothHaveIt;
        var other = me with { Id = Other, Number = otherHasIt ? NumberComparison.Same : NumberComparison.Unknown };
        return new(Identity(), Door switch
            {
                Door.Unknown => null,
                Door.Others => new(other, Frozen: false),
                _ => new(me, Frozen: Door is Door.MineFrozen),
            },
            // A store that finds somebody by what is no number at all must not be believed either.
            [.. new[] { me, other }.Where(person => person.Number is NumberComparison.Same || (Number is Number.NotANumber && person.Id == Me))],
            SignedIn ? new(me, Session, Age is Age.SessionStale ? Now.AddMinutes(-11) : Now.AddMinutes(-10)) : null, Now);
    }

    private ExternalIdentity Identity()
    {
        var attributes = new Dictionary<string, string>();
        if (Number is not Number.NotAsserted)
        {
            attributes[AttributeNames.PersonalNumber] = Number switch
            {
                Number.NotANumber => "N/A",
                Number.Placeholder => "000000000000",
                _ => "096000000000",
            };
        }
        if (Birth is not Birth.NotAsserted)
        {
            attributes[AttributeNames.BirthDate] = Birth switch { Birth.Equal => "1990-01-02", Birth.Different => "1990-01-03", _ => "1990" };
        }
        return new("e-id", "https://eid.example", "s-1", Organisation ? ExternalSubjectKind.Organisation : ExternalSubjectKind.Individual,
            Source, attributes, [], Age is Age.SourceStale ? Now.AddMinutes(-11) : Now);
    }
}
