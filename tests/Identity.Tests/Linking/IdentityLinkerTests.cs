using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Protocols.Federation;
using static Identity.Protocols.Federation.ProofingLevel;

namespace Identity.Tests.Linking;

/// <summary>The situations that people ask about, one sentence each. They start from a level-02 e-ID whose number Lan has.</summary>
public sealed class IdentityLinkerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly KnownPerson Lan = new(Guid.NewGuid(), PersonStatus.Active, Level02, "1990-01-02", NumberComparison.Same);
    private static readonly KnownPerson Minh = Lan with { Id = Guid.NewGuid(), Number = NumberComparison.Unknown };
    private static readonly LinkEvidence EId = new(Source("e-id", Level02), Link: null, [Lan], SignedIn: null, Now);
    private static readonly LinkEvidence Mailbox = EId with { External = Source("mail", MailOnly, number: null), SameNumber = [] };
    private static readonly LinkPolicy Policy = new(Level01);

    [Fact]
    public void A_known_door_leads_to_its_person() =>
        Enters(Lan, addLink: false, EId with { Link = new(Lan, Frozen: false) });

    [Fact]
    public void An_equal_number_and_birth_date_at_level_02_on_both_sides_is_the_same_human() => Enters(Lan, addLink: true, EId);

    [Theory, InlineData(Level01, Level02), InlineData(Level02, Level01), InlineData(MailOnly, Level02), InlineData(Level02, MailOnly)]
    public void An_equal_number_below_level_02_asks_for_proof(ProofingLevel source, ProofingLevel person)
    {
        var lan = Lan with { Proofing = person };
        var asked = Assert.IsType<LinkDecision.ConfirmOwnership>(Decide(EId with { External = Source("e-id", source), SameNumber = [lan] }));
        Assert.Equal(Lan.Id, asked.Candidate);
    }

    [Fact]
    public void Proof_of_the_old_door_then_adds_the_new_one()
    {
        var lan = Lan with { Proofing = MailOnly };
        Enters(lan, addLink: true, EId with { SameNumber = [lan], SignedIn = new(lan, MailOnly, Now) });
    }

    [Fact]
    public void An_equal_number_with_another_birth_date_goes_to_the_desk() =>
        Refuses(LinkRefusal.BirthDateDiffers, EId with { SameNumber = [Lan with { BirthDate = "1990-01-03" }] });

    [Fact]
    public void A_year_alone_is_no_equal_birth_date() =>
        Assert.IsType<LinkDecision.ConfirmOwnership>(Decide(EId with { SameNumber = [Lan with { BirthDate = "1990" }] }));

    [Fact]
    public void A_row_of_zeros_never_makes_two_people_one() =>
        Assert.IsType<LinkDecision.ConfirmOwnership>(Decide(EId with { External = Source("e-id", Level02, number: "000000000000") }));

    [Fact]
    public void Two_people_with_one_number_are_left_to_the_desk() =>
        Refuses(LinkRefusal.SeveralPeopleShareNumber, EId with { SameNumber = [Lan, Minh with { Number = NumberComparison.Same }] });

    [Fact]
    public void A_known_door_that_now_names_another_number_stays_shut() =>
        Refuses(LinkRefusal.PersonalNumberMismatch,
            EId with { Link = new(Lan with { Number = NumberComparison.Different }, Frozen: false), SameNumber = [] });

    [Fact]
    public void A_known_door_that_now_names_somebody_elses_number_stays_shut() =>
        Refuses(LinkRefusal.SeveralPeopleShareNumber, EId with { Link = new(Minh, Frozen: false) });

    [Fact]
    public void A_new_official_mailbox_is_added_to_the_person_of_the_e_ID() =>
        Enters(Minh, addLink: true, Mailbox with { SignedIn = new(Minh, Level02, Now) });

    [Fact]
    public void A_mailbox_session_cannot_add_a_door_to_a_person_proofed_by_e_ID() =>
        Refuses(LinkRefusal.ProofTooWeak, Mailbox with { SignedIn = new(Minh, MailOnly, Now) });

    [Fact]
    public void A_mailbox_session_cannot_take_in_an_e_ID_that_nothing_ties_to_it() =>
        Refuses(LinkRefusal.ProofTooWeak, EId with { SameNumber = [], SignedIn = new(Minh with { Proofing = MailOnly }, MailOnly, Now) });

    [Fact]
    public void A_door_is_not_added_by_a_session_of_this_morning() =>
        Refuses(LinkRefusal.ProofNotFresh, Mailbox with { SignedIn = new(Minh, Level02, Now.AddMinutes(-11)) });

    [Fact]
    public void A_mailbox_that_arrives_with_another_e_ID_does_not_move() =>
        Refuses(LinkRefusal.AlreadyLinkedToAnotherPerson,
            Mailbox with { Link = new(Minh, Frozen: false), SignedIn = new(Lan with { Number = NumberComparison.Unknown }, Level02, Now) });

    [Fact]
    public void A_door_that_the_directory_froze_stays_shut() =>
        Refuses(LinkRefusal.LinkFrozen, Mailbox with { Link = new(Minh, Frozen: true) });

    [Fact]
    public void Somebody_unknown_with_enough_proof_becomes_a_person() =>
        Assert.IsType<LinkDecision.CreatePerson>(Decide(EId with { SameNumber = [] }));

    [Fact]
    public void Somebody_unknown_with_too_little_proof_does_not() => Refuses(LinkRefusal.AssuranceTooLow, Mailbox);

    [Fact]
    public void An_equal_name_and_birth_date_and_address_match_nobody() =>
        Assert.IsType<LinkDecision.CreatePerson>(Decide(EId with { External = Source("e-id", Level02, number: null), SameNumber = [] }));

    [Fact]
    public void An_organisation_account_signs_nobody_in() =>
        Refuses(LinkRefusal.OrganisationAccount, EId with { External = EId.External with { Kind = ExternalSubjectKind.Organisation } });

    [Theory]
    [InlineData(PersonStatus.Suspended, LinkRefusal.PersonSuspended)]
    [InlineData(PersonStatus.Deceased, LinkRefusal.PersonDeceased)]
    public void A_suspended_or_deceased_person_enters_by_no_door(PersonStatus status, LinkRefusal why)
    {
        var lan = Lan with { Status = status };
        Refuses(why, EId with { SameNumber = [lan] });
        Refuses(why, EId with { SameNumber = [lan], Link = new(lan, Frozen: false) });
        Refuses(why, EId with { SameNumber = [lan], SignedIn = new(lan, Level02, Now) });
    }

    [Fact]
    public void Who_left_and_returns_with_the_same_proofed_e_ID_is_the_same_person_again()
    {
        var lan = Lan with { Status = PersonStatus.Closed };
        Assert.Equal(new LinkDecision.ReopenPerson(lan.Id, AddLink: true), Decide(EId with { SameNumber = [lan] }));
        Refuses(LinkRefusal.PersonClosed, EId with { External = Source("e-id", Level01), SameNumber = [lan] });
    }

    [Fact]
    public void Evidence_in_a_log_shows_no_number_and_no_birth_date()
    {
        var text = $"{EId} {Lan} {EId with { SignedIn = new(Lan, Level02, Now), Link = new(Lan, Frozen: false) }}";
        Assert.DoesNotContain("1990", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0960", text, StringComparison.Ordinal);
    }

    private static LinkDecision Decide(LinkEvidence evidence) => IdentityLinker.Decide(evidence, Policy);

    private static void Enters(KnownPerson person, bool addLink, LinkEvidence evidence) =>
        Assert.Equal(new LinkDecision.SignIn(person.Id, addLink), Decide(evidence));

    private static void Refuses(LinkRefusal why, LinkEvidence evidence) => Assert.Equal(new LinkDecision.Refuse(why), Decide(evidence));

    private static ExternalIdentity Source(string connector, ProofingLevel proofing, string? number = "096000000000")
    {
        var attributes = new Dictionary<string, string>
        {
            [AttributeNames.Name] = "Nguyễn Thị Lan",
            [AttributeNames.BirthDate] = "1990-01-02",
            [AttributeNames.Email] = "lan@mau.example",
        };
        if (number is not null) attributes[AttributeNames.PersonalNumber] = number;
        return new(connector, $"https://{connector}.example", "s-1", ExternalSubjectKind.Individual, proofing, attributes, [], Now);
    }
}
