using Identity.Domain.People;
using Identity.Protocols.Federation;
using static Identity.Domain.Linking.LinkRefusal;

namespace Identity.Domain.Linking;

/// <summary>
/// Which person came through the door. Rule numbers are those of "Linking: the decision" in the identity model. Rule 1 is kept by
/// absence: no line reads an address or a name. A person's status is told only to who has proved to be that person, so it is
/// looked at last.
/// </summary>
public static class IdentityLinker
{
    public static LinkDecision Decide(LinkEvidence evidence, LinkPolicy policy)
    {
        if (evidence.External.Kind is ExternalSubjectKind.Organisation) return Refuse(OrganisationAccount);
        if (evidence.Link is { } link) return EnterThrough(link, evidence);
        if (evidence.SignedIn is { } session) return AddDoor(session, evidence, policy);
        return Holders(evidence) switch
        {
            [] when evidence.External.Proofing >= policy.MinimumToCreate => new LinkDecision.CreatePerson(),
            [] => Refuse(AssuranceTooLow),
            [var person] => MatchByNumber(person, evidence),
            _ => Refuse(SeveralPeopleShareNumber),                                             // 6
        };
    }

    private static LinkDecision EnterThrough(KnownLink link, LinkEvidence evidence)
    {
        var person = link.Person;
        if (link.Frozen) return Refuse(LinkFrozen);                                            // 6, 9
        if (evidence.SignedIn is { } session && session.Person.Id != person.Id)
            return Refuse(AlreadyLinkedToAnotherPerson);                                       // a door never moves silently
        if (person.Number is NumberComparison.Different) return Refuse(PersonalNumberMismatch); // 6
        // A number new to this person, but not to us: entering would make two holders. Who already shares it may still come in.
        if (person.Number is NumberComparison.Unknown && IsHeldBySomebodyElse(person, evidence))
            return Refuse(SeveralPeopleShareNumber);                                           // 6
        return IfStatusAllows(person, evidence, new LinkDecision.SignIn(person.Id, AddLink: false));
    }

    private static LinkDecision AddDoor(SignedInPerson session, LinkEvidence evidence, LinkPolicy policy)
    {
        var person = session.Person;
        if (person.Number is NumberComparison.Different) return Refuse(PersonalNumberMismatch); // 6
        if (IsHeldBySomebodyElse(person, evidence)) return Refuse(SeveralPeopleShareNumber);   // 6
        if (person.Number is NumberComparison.Same && BirthDatesOf(person, evidence) is BirthDateComparison.Different)
            return Refuse(BirthDateDiffers);                                                   // 3
        if (!IsAutomaticMatch(person, evidence))                                               // 3 needs no session at all
        {
            if (!AreFresh(session, evidence, policy)) return Refuse(ProofNotFresh);            // 2
            if (IsTooWeak(session, evidence)) return Refuse(ProofTooWeak);                     // 2
        }
        return IfStatusAllows(person, evidence, new LinkDecision.SignIn(person.Id, AddLink: true)); // 5: any number of doors
    }

    private static LinkDecision MatchByNumber(KnownPerson person, LinkEvidence evidence) =>
        BirthDatesOf(person, evidence) is BirthDateComparison.Different
            ? Refuse(BirthDateDiffers)                                                         // 3
            : IfStatusAllows(person, evidence, IsAutomaticMatch(person, evidence)
                ? new LinkDecision.SignIn(person.Id, AddLink: true)                            // 3
                : new LinkDecision.ConfirmOwnership(person.Id));                             // 2, 4

    private static LinkDecision IfStatusAllows(KnownPerson person, LinkEvidence evidence, LinkDecision decision) => person.Status switch
    {
        PersonStatus.Active => decision,
        // The same proofed e-ID gives the same identifiers back, so who left is not made a second time.
        PersonStatus.Closed when IsAutomaticMatch(person, evidence) => new LinkDecision.ReopenPerson(person.Id, AddLink: evidence.Link is null),
        PersonStatus.Closed => Refuse(PersonClosed),
        PersonStatus.Deceased => Refuse(PersonDeceased),
        _ => Refuse(PersonSuspended),
    };

    // Rule 3. A number that breaks its own format (a row of zeros, say) is taken from the source, but not trusted to be one human's.
    private static bool IsAutomaticMatch(KnownPerson person, LinkEvidence evidence) =>
        person.Number is NumberComparison.Same
        && AssertedNumber(evidence) is { Number: not null, Error: null }
        && evidence.External.Proofing is ProofingLevel.Level02
        && person.Proofing is ProofingLevel.Level02
        && BirthDatesOf(person, evidence) is BirthDateComparison.Equal;

    // Rule 2. A session weaker than its person could give a thief of the weak door a strong one. A door stronger than the session
    // could be caught by a session that an attacker planted, unless the number itself says that both are one human.
    private static bool IsTooWeak(SignedInPerson session, LinkEvidence evidence) =>
        session.Proofing < session.Person.Proofing
        || (session.Proofing < evidence.External.Proofing && session.Person.Number is not NumberComparison.Same);

    private static bool AreFresh(SignedInPerson session, LinkEvidence evidence, LinkPolicy policy) =>
        evidence.Now - session.AuthenticatedAt <= policy.ProofLifetime
        && evidence.Now - evidence.External.AuthenticatedAt <= policy.ProofLifetime;

    private static bool IsHeldBySomebodyElse(KnownPerson person, LinkEvidence evidence) =>
        Holders(evidence).Any(holder => holder.Id != person.Id);

    // A number that nobody vouches for, or that is none, matches nobody: it must neither reveal nor change anything.
    private static IReadOnlyList<KnownPerson> Holders(LinkEvidence evidence) =>
        evidence.External.Proofing > ProofingLevel.SelfAsserted && AssertedNumber(evidence)?.Number is not null ? evidence.SameNumber : [];

    private static AssertedPersonalNumber? AssertedNumber(LinkEvidence evidence) =>
        evidence.External.Find(AttributeNames.PersonalNumber) is { } number ? PersonalNumber.FromAssertion(number, evidence.Now) : null;

    private static BirthDateComparison BirthDatesOf(KnownPerson person, LinkEvidence evidence) =>
        BirthDates.Compare(person.BirthDate, evidence.External.Find(AttributeNames.BirthDate));

    private static LinkDecision.Refuse Refuse(LinkRefusal why) => new(why);
}
