using Identity.Domain.Clients;
using Identity.Domain.Linking;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Tests.Configuration;

namespace Identity.Tests.Account;

/// <summary>An application that is offered to somebody with an e-ID who is themselves; one thing is changed at a time.</summary>
public sealed class LauncherRulesTests
{
    private static readonly DoorFacts Eid = new(Guid.NewGuid(), "vnconnect", ProofingLevel.Level02, Usable: true, Frozen: false);
    private static readonly Client Portal = ConfigurationFixture.Accepted(ConfigurationFixture.Development()).Clients.Single(c => c.ClientId == "portal");

    [Fact]
    public void What_takes_the_person_and_their_way_is_offered() => Assert.True(IsOffered(Portal));

    [Fact]
    public void A_disabled_one_and_one_that_does_not_want_to_be_listed_are_not()
    {
        Assert.False(IsOffered(Portal with { Enabled = false }));
        Assert.False(IsOffered(Portal with { Launcher = false }));
        Assert.False(IsOffered(Portal with { InitiateLoginUri = null }));
        Assert.False(IsOffered(Portal with { GrantTypes = [GrantType.ClientCredentials] }));
    }

    [Fact]
    public void One_whose_door_the_person_cannot_pass_is_not()
    {
        Assert.False(IsOffered(Portal, Eid with { Connector = "thu-xa" }));
        Assert.False(IsOffered(Portal, Eid with { Proofing = ProofingLevel.Level01 }));
        Assert.False(IsOffered(Portal, Eid with { Usable = false }));
        Assert.False(IsOffered(Portal, Eid with { Frozen = true }));
    }

    [Fact]
    public void One_that_does_not_take_them_as_what_they_are_now_is_not()
    {
        Assert.False(IsOffered(Portal, capacity: "standing:1"));
        Assert.True(LauncherRules.Offer(Facts(Portal, Eid, "standing:1", takes: ["self", "standing:1"])).Count == 1);
    }

    [Theory]
    [InlineData("dich vu cong", true)]
    [InlineData("DỊCH VỤ", true)]
    [InlineData("van phong ubnd", true)]
    [InlineData("public service", true)]
    [InlineData("nop ho so", true)]
    [InlineData("thue", false)]
    [InlineData("   ", true)]
    public void It_is_found_by_name_agency_and_purpose_with_or_without_marks_in_either_language(string sought, bool found) =>
        Assert.Equal(found, LauncherRules.Offer(Facts(Portal, Eid, "self", ["self"]) with { Search = sought }).Count == 1);

    [Fact]
    public void Half_a_letter_is_none_and_finds_everything() => Assert.Single(LauncherRules.Offer(Facts(Portal, Eid, "self", ["self"]) with { Search = "\uD800\uFFFE" }));

    [Fact]
    public void What_was_used_last_comes_first_and_the_rest_by_name()
    {
        LauncherCandidate Of(string name, int? daysAgo) => new(Portal with { ClientId = name, ClientName = new(name, name) }, ["vnconnect"], ["self"],
            daysAgo is { } days ? DateTimeOffset.UnixEpoch.AddDays(-days) : null);
        var facts = new LauncherFacts([Of("c", null), Of("A", null), Of("b", 2), Of("d", 1)], [Eid], "self", "vi");
        Assert.Equal(["d", "b", "A", "c"], LauncherRules.Offer(facts).Select(c => c.Client.ClientId));
    }

    private static bool IsOffered(Client client, DoorFacts? door = null, string capacity = "self") => LauncherRules.Offer(Facts(client, door ?? Eid, capacity, ["self"])).Count == 1;

    private static LauncherFacts Facts(Client client, DoorFacts door, string capacity, string[] takes) => new([new(client, ["vnconnect"], takes, null)], [door], capacity, "vi");
}
