using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Tests.Linking;

public sealed class IdentityLinkerTableTests
{
    public static TheoryData<Door, bool, Number> Situations()
    {
        var data = new TheoryData<Door, bool, Number>();
        foreach (var door in Enum.GetValues<Door>())
        foreach (var signedIn in (bool[])[false, true])
        foreach (var number in Enum.GetValues<Number>())
            data.Add(door, signedIn, number);
        return data;
    }

    [Theory, MemberData(nameof(Situations))]
    public void Every_case_is_decided_as_the_table_says(Door door, bool signedIn, Number number)
    {
        foreach (var one in LinkCase.All(door, signedIn, number))
        {
            var decided = LinkTable.Describe(Decide(one));
            if (LinkTable.For(one).Expected != decided) Assert.Fail($"{one}: expected {LinkTable.For(one).Expected}, was {decided}");
        }
    }

    [Fact]
    public void Every_row_of_the_table_speaks_for_some_case_and_every_refusal_occurs()
    {
        var used = LinkCase.All().Select(LinkTable.For).ToHashSet(ReferenceEqualityComparer.Instance);
        Assert.Empty(LinkTable.Rows.Where(row => !used.Contains(row)).Select(row => row.Expected));
        Assert.Empty(Enum.GetNames<LinkRefusal>().Except(LinkTable.Rows.Select(row => row.Expected.Replace("refuse: ", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Nobody_suspended_or_dead_ever_enters_and_nobody_enters_as_a_person_with_another_number()
    {
        foreach (var one in LinkCase.All())
        {
            var evidence = one.Evidence();
            var (id, status) = IdentityLinker.Decide(evidence, one.Policy) switch
            {
                LinkDecision.SignIn entered => (entered.PersonId, PersonStatus.Active),
                LinkDecision.ReopenPerson left => (left.PersonId, PersonStatus.Closed),
                _ => default,
            };
            if (id == default) continue;
            var person = Everybody(evidence).First(p => p.Id == id);
            if (person.Status != status || person.Number is NumberComparison.Different) Assert.Fail($"{one}");
        }
    }

    [Fact]
    public void Name_address_and_telephone_never_change_a_decision_and_the_same_facts_give_the_same_one()
    {
        foreach (var one in LinkCase.All())
        {
            var evidence = one.Evidence();
            var attributes = new Dictionary<string, string>(evidence.External.Attributes)
            {
                [AttributeNames.Name] = "Nguyễn Văn Mẫu",
                [AttributeNames.Email] = "nva@mau.example",
                [AttributeNames.EmailVerified] = "true",
                [AttributeNames.PhoneNumber] = "+84900000001",
                [AttributeNames.TaxCode] = "9900000016",
            };
            var talkative = evidence with { External = evidence.External with { Attributes = attributes } };
            var decided = LinkTable.Describe(Decide(one));
            if (decided != LinkTable.Describe(IdentityLinker.Decide(talkative, one.Policy)) || decided != LinkTable.Describe(Decide(one)))
                Assert.Fail($"{one}");
        }
    }

    [Fact]
    public void A_number_that_nobody_vouches_for_never_leads_to_its_holder()
    {
        foreach (var one in LinkCase.All().Where(c => c.Source is ProofingLevel.SelfAsserted))
        {
            var evidence = one.Evidence();
            var blind = evidence with { SameNumber = [] };
            if (LinkTable.Describe(IdentityLinker.Decide(evidence, one.Policy)) != LinkTable.Describe(IdentityLinker.Decide(blind, one.Policy)))
                Assert.Fail($"{one}");
        }
    }

    private static LinkDecision Decide(LinkCase one) => IdentityLinker.Decide(one.Evidence(), one.Policy);

    private static IEnumerable<KnownPerson> Everybody(LinkEvidence evidence)
    {
        if (evidence.Link is { } link) yield return link.Person;
        if (evidence.SignedIn is { } session) yield return session.Person;
        foreach (var person in evidence.SameNumber) yield return person;
    }
}
