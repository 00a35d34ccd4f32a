using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Delegation;

/// <summary>The pure function, by its table and by chance.</summary>
public sealed class CapacityRulesTests
{
    private static readonly Guid Person = Guid.NewGuid();
    private static readonly Party Business = new(PartyKind.Organisation, Guid.NewGuid()) { Name = "Công ty Mẫu", Code = "9900000016" };

    private static readonly Client Everything = Client("portal") with
    {
        AcceptsCapacities = [CapacityKind.Citizen, CapacityKind.Representative, CapacityKind.Official, CapacityKind.Helper],
    };

    public static TheoryData<string, CapacityRefusal> Refusals => new()
    {
        { "ended", CapacityRefusal.Ended }, { "suspended", CapacityRefusal.Suspended }, { "expired", CapacityRefusal.Expired }, { "future", CapacityRefusal.NotYetValid },
        { "unconfirmed", CapacityRefusal.NotConfirmed }, { "kind", CapacityRefusal.KindNotAccepted }, { "strength", CapacityRefusal.StrengthTooLow },
        { "party suspended", CapacityRefusal.PartySuspended }, { "dissolved", CapacityRefusal.Dissolved }, { "dissolved long ago", CapacityRefusal.Dissolved },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void Each_thing_that_is_wrong_has_its_name(string wrong, CapacityRefusal why)
    {
        var (standing, party, client) = (Standing(), Business, Everything);
        switch (wrong)
        {
            case "ended": standing.EndedAt = Now; break;
            case "suspended": standing.SuspendedAt = Now; break;
            case "expired": standing.ValidTo = Now; break;
            case "future": standing = Standing(from: Now.AddDays(1)); break;
            case "unconfirmed": standing = Standing(source: AffiliationSource.Invitation); break;
            case "kind": client = client with { AcceptsCapacities = [CapacityKind.Citizen] }; break;
            case "strength": (standing.Strength, client) = (RepresentationStrength.MailDomain, client with { MinimumRepresentation = RepresentationStrength.AppointedInRegister }); break;
            case "party suspended": party = party with { State = PartyState.Suspended }; break;
            case "dissolved": party = party with { State = PartyState.Dissolved, EndedAt = Now.AddDays(-1) }; break;
            default: (party, client) = (party with { State = PartyState.Dissolved, EndedAt = Now.AddYears(-11) }, client with { AcceptsReadOnly = true }); break;
        }
        var situation = CapacityRules.Judge(new(Person, [new(standing, party)], []), client, Now);
        Assert.Equal(why, Assert.Single(situation.Unusable).Why);
    }

    [Fact]
    public void The_people_of_a_dissolved_business_may_read_where_the_application_heeds_it()
    {
        var party = Business with { State = PartyState.Dissolved, EndedAt = Now.AddYears(-1) };
        var situation = CapacityRules.Judge(new(Person, [new(Standing(), party)], []), Everything with { AcceptsReadOnly = true }, Now);
        Assert.True(Assert.Single(situation.Usable, c => !c.IsSelf).IsReadOnly);
    }

    [Fact]
    public void An_application_without_citizens_refuses_the_citizen() =>
        Assert.Equal(CapacityRefusal.KindNotAccepted, Assert.Single(CapacityRules.Judge(new(Person, [], []), Everything with { AcceptsCapacities = [CapacityKind.Helper] }, Now).Unusable).Why);

    /// <summary>Random chains, right and wrong: whatever the last one has, everybody above has it, now.</summary>
    [Fact]
    public void No_chain_gives_its_last_link_what_a_link_above_does_not_have()
    {
        var random = new Random(20261124);
        var (usable, refused) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var held = RandomChain(random);
            var services = (string[])["portal", "documents", "business"];
            foreach (var service in services)
            {
                var situation = CapacityRules.Judge(new(held.Mandate.GranteeId, [], [held]), Everything with { ClientId = service }, Now);
                if (situation.Usable.SingleOrDefault(c => !c.IsSelf) is not { } capacity)
                {
                    refused++;
                    continue;
                }
                usable++;
                Assert.True(held.Root!.IsLiveAt(Now) && held.Root.Strength == RepresentationStrength.RegisteredOfficer);
                Assert.All(held.Chain, step =>
                {
                    Assert.True(step.IsLiveAt(Now));
                    Assert.True(step.Services is null || step.Services.Split(' ').Contains(service));
                    Assert.True(capacity.ValidUntil <= step.ValidTo);
                    Assert.True(capacity.Strength <= step.Strength);
                    Assert.Empty(capacity.Roles.Except((step.Roles ?? "").Split(' ')));
                    Assert.All(MandateRules.ReadParameters(step.Parameters)!, limit => Assert.Equal(limit.Value, capacity.Parameters[limit.Key]));
                });
                var steps = held.Chain.Select(step => step.FurtherSteps).ToList();
                Assert.Equal(steps.Order().Distinct(), steps);
                var people = held.Chain.Select(step => step.GranteeId).Append(held.Chain[^1].GrantorId).ToList();
                Assert.Equal(people.Count, people.Distinct().Count());
            }
        }
        // Both outcomes must be met, or the test proves nothing.
        Assert.InRange(usable, 500, int.MaxValue);
        Assert.InRange(refused, 500, int.MaxValue);
    }

    private static HeldMandate RandomChain(Random random)
    {
        var people = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        if (Rarely()) people[random.Next(5)] = people[random.Next(5)];
        var root = new Affiliation
        {
            PersonId = people[0], OrganisationId = Business.Id, Source = "test", ValidFrom = Now.AddYears(-1), ValidTo = Rarely() ? Now.AddDays(random.Next(-5, 5)) : null,
            Kind = Rarely() ? AffiliationKind.Employee : AffiliationKind.LegalRepresentative,
            Strength = Rarely() ? RepresentationStrength.AppointedInRegister : RepresentationStrength.RegisteredOfficer, SuspendedAt = Rarely() ? Now : null,
        };
        var chain = new List<Mandate>();
        var length = random.Next(1, 4);
        for (var i = 0; i < length; i++)
        {
            var above = chain.LastOrDefault();
            chain.Add(new Mandate
            {
                GrantorId = Rarely() ? Guid.NewGuid() : people[i], GranteeId = people[i + 1],
                OrganisationId = Rarely() ? Guid.NewGuid() : Business.Id,
                GrantorAffiliationId = i == 0 ? (Rarely() ? Guid.NewGuid() : root.Id) : null, ParentId = Rarely() ? Guid.NewGuid() : above?.Id,
                Services = Pick(["portal", "documents", "business"], above?.Services, null),
                Roles = Pick(["read", "file", "sign"], above?.Roles, ""),
                Parameters = random.Next(4) == 0 ? """{"amount":"10"}""" : Rarely() ? null : above?.Parameters,
                FurtherSteps = Rarely() ? random.Next(4) : 3 - i,
                Strength = Rarely() ? RepresentationStrength.RegisteredOfficer : RepresentationStrength.ConfirmedByAdministrator,
                ValidFrom = Now.AddDays(-30 + i), ValidTo = Now.AddDays(Rarely() ? random.Next(-3, 60) : 40 - i), CreatedAt = Now.AddDays(-30),
                AcceptedAt = Rarely() ? null : Now.AddDays(-30), SuspendedAt = Rarely() ? Now : null, EndedAt = Rarely() ? Now : null,
            });
        }
        chain.Reverse();
        var statuses = chain.Select(m => m.GrantorId).Distinct().ToDictionary(id => id, _ => Rarely() ? PersonStatus.Suspended : PersonStatus.Active);
        return new(chain, root, Business, statuses);

        bool Rarely() => random.Next(25) == 0;

        string? Pick(string[] all, string? above, string? nothing)
        {
            if (above is not null && !Rarely()) return random.Next(2) == 0 ? above : string.Join(' ', above.Split(' ').Take(random.Next(1, 4)));
            return random.Next(3) == 0 ? nothing : string.Join(' ', all.Where(_ => random.Next(3) > 0).DefaultIfEmpty(all[0]));
        }
    }

    private static Affiliation Standing(string source = "register", DateTimeOffset? from = null) => new()
    {
        PersonId = Person, OrganisationId = Business.Id, Kind = AffiliationKind.LegalRepresentative, Strength = RepresentationStrength.RegisteredOfficer,
        Source = source, ValidFrom = from ?? Now.AddYears(-1),
    };
}
