using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Protocols.Federation;
using static Identity.Domain.Linking.LinkRefusal;
using static Identity.Protocols.Federation.ProofingLevel;

namespace Identity.Tests.Linking;

/// <summary>
/// What is expected, written down row by row in the words of the situation and without looking at the code: the first row that
/// applies to a case speaks for it. "{me}" and "{other}" are the two people of the case.
/// </summary>
public static class LinkTable
{
    public sealed record Row(string Expected, Func<LinkCase, bool> Applies);

    public static IReadOnlyList<Row> Rows { get; } =
    [
        // Before anything else.
        Says(OrganisationAccount, c => c.Organisation),
        Says(LinkFrozen, c => c.Door is Door.MineFrozen),
        Says(AlreadyLinkedToAnotherPerson, c => c.Door is Door.Others && c.SignedIn),

        // A known door. The other person never has a different number in this table.
        Says(PersonalNumberMismatch, c => c.Door is Door.Mine && MineDiffers(c)),
        Says(SeveralPeopleShareNumber, c => c.Door is Door.Mine && Vouched(c) && c.Number is Number.OtherHasIt),
        Says(SeveralPeopleShareNumber, c => c.Door is Door.Others && Vouched(c) && IHaveIt(c) && !OtherHasIt(c)),
        new("enter {me}", c => c.Door is Door.Mine && Active(c)),
        new("enter {other}", c => c.Door is Door.Others && Active(c)),
        new("reopen {me}", c => c.Door is Door.Mine && Closed(c) && Certain(c) && IHaveIt(c) && c.Number is not Number.Placeholder),
        new("reopen {other}", c => c.Door is Door.Others && Closed(c) && Certain(c) && OtherHasIt(c)),
        Says(PersonClosed, c => Closed(c) && c.Door is not Door.Unknown),
        Says(PersonSuspended, c => c.Status is PersonStatus.Suspended && c.Door is not Door.Unknown),
        Says(PersonDeceased, c => c.Status is PersonStatus.Deceased && c.Door is not Door.Unknown),

        // A new door, and somebody signed in who asks for it.
        Says(PersonalNumberMismatch, c => c.SignedIn && MineDiffers(c)),
        Says(SeveralPeopleShareNumber, c => c.SignedIn && Vouched(c) && OtherHasIt(c)),
        Says(BirthDateDiffers, c => c.SignedIn && IHaveIt(c) && c.Birth is Birth.Different),
        new("reopen {me} with a new door", c => c.SignedIn && Closed(c) && c.Number is Number.IHaveIt && Certain(c)),
        new("add a door to {me}", c => c.SignedIn && Active(c) && c.Number is Number.IHaveIt && Certain(c)),
        Says(PersonSuspended, c => c.SignedIn && c.Status is PersonStatus.Suspended && c.Number is Number.IHaveIt && Certain(c)),
        Says(PersonDeceased, c => c.SignedIn && c.Status is PersonStatus.Deceased && c.Number is Number.IHaveIt && Certain(c)),
        Says(ProofNotFresh, c => c.SignedIn && c.Age is Age.SessionStale or Age.SourceStale),
        Says(ProofTooWeak, c => c.SignedIn && c.Session < c.Person),
        Says(ProofTooWeak, c => c.SignedIn && c.Session < c.Source && !IHaveIt(c)),
        new("add a door to {me}", c => c.SignedIn && Active(c)),
        Says(PersonClosed, c => c.SignedIn && Closed(c)),
        Says(PersonSuspended, c => c.SignedIn && c.Status is PersonStatus.Suspended),
        Says(PersonDeceased, c => c.SignedIn && c.Status is PersonStatus.Deceased),

        // A new door, nobody signed in, a number that somebody has.
        Says(SeveralPeopleShareNumber, c => Vouched(c) && c.Number is Number.BothHaveIt),
        Says(BirthDateDiffers, c => Matched(c) && c.Birth is Birth.Different),
        Says(PersonSuspended, c => Matched(c) && c.Status is PersonStatus.Suspended),
        Says(PersonDeceased, c => Matched(c) && c.Status is PersonStatus.Deceased),
        new("add a door to {me}", c => Matched(c) && Active(c) && Certain(c) && c.Number is Number.IHaveIt),
        new("add a door to {other}", c => Matched(c) && Active(c) && Certain(c) && OtherHasIt(c)),
        new("ask {me}", c => Matched(c) && Active(c) && IHaveIt(c)),
        new("ask {other}", c => Matched(c) && Active(c) && OtherHasIt(c)),
        new("reopen {me} with a new door", c => Matched(c) && Certain(c) && c.Number is Number.IHaveIt),
        new("reopen {other} with a new door", c => Matched(c) && Certain(c) && OtherHasIt(c)),
        Says(PersonClosed, Matched),

        // Nobody we know.
        new("create", c => c.Source >= c.Minimum),
        Says(AssuranceTooLow, _ => true),
    ];

    public static Row For(LinkCase one) => Rows.First(row => row.Applies(one));

    public static string Describe(LinkDecision decision) => decision switch
    {
        LinkDecision.SignIn { AddLink: false } known => $"enter {Name(known.PersonId)}",
        LinkDecision.SignIn known => $"add a door to {Name(known.PersonId)}",
        LinkDecision.ReopenPerson { AddLink: false } left => $"reopen {Name(left.PersonId)}",
        LinkDecision.ReopenPerson left => $"reopen {Name(left.PersonId)} with a new door",
        LinkDecision.ConfirmOwnership ask => $"ask {Name(ask.Candidate)}",
        LinkDecision.CreatePerson => "create",
        LinkDecision.Refuse no => $"refuse: {no.Why}",
        _ => throw new InvalidOperationException("a decision without a name"),
    };

    private static Row Says(LinkRefusal why, Func<LinkCase, bool> applies) => new($"refuse: {why}", applies);

    private static string Name(Guid id) => id == LinkCase.Me ? "{me}" : id == LinkCase.Other ? "{other}" : "a stranger";

    private static bool Vouched(LinkCase c) => c.Source is not SelfAsserted;

    private static bool Certain(LinkCase c) => (c.Source, c.Person, c.Birth) == (Level02, Level02, Birth.Equal);

    private static bool Active(LinkCase c) => c.Status is PersonStatus.Active;

    private static bool Closed(LinkCase c) => c.Status is PersonStatus.Closed;

    private static bool IHaveIt(LinkCase c) => c.Number is Number.IHaveIt or Number.BothHaveIt or Number.Placeholder;

    private static bool OtherHasIt(LinkCase c) => c.Number is Number.OtherHasIt or Number.BothHaveIt or Number.IHaveADifferentOneOtherHasIt;

    private static bool MineDiffers(LinkCase c) => c.Number is Number.IHaveADifferentOne or Number.IHaveADifferentOneOtherHasIt;

    private static bool Matched(LinkCase c) => !c.SignedIn && Vouched(c) && (IHaveIt(c) || OtherHasIt(c));
}
