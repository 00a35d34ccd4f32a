using System.Text.Json.Nodes;
using Identity.Domain.Delegation;
using Identity.Domain.Linking;
using Identity.Domain.Organisations;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Organisations;

/// <summary>From the personnel list to the applications, over HTTP: what a leaver's event cuts off, and what it leaves alone.</summary>
public sealed class LeaverTests
{
    private const string Number = "999168000001";

    public static TheoryData<Engine> EnginesOfThisRun => Engines.All;

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task L18_A_leaver_loses_the_official_door_at_once_on_every_node_and_the_citizen_notices_nothing(Engine engine)
    {
        await using var office = await LeaverStage.StartAsync(engine);
        await using var nodeB = await office.Provider.AddNodeAsync(builder => builder.Configuration["Oidc:Issuer"] = office.Provider.Issuer);
        using var citizen = office.NewBrowser();
        using var official = office.NewBrowser();
        var own = await office.CitizenTokensAsync(citizen);
        var (work, offline) = (await office.OfficialTokensAsync(official), await office.OfficialTokensAsync(official, "office-two"));
        var standing = Assert.Single(await office.Provider.StandingsAsync(office.Person));
        Assert.NotNull(standing.LastUsedAt);
        var code = await office.OfficialCodeAsync(official);

        await office.Provider.AcceptListAsync(office.Row(status: "left"));

        foreach (var node in (TestProvider[])[office.Provider, nodeB])
        {
            Assert.Equal(401, (await office.At(node).UserInfoAsync(work.AccessToken)).Status);
            Assert.Equal(401, (await office.At(node, "office-two").UserInfoAsync(offline.AccessToken)).Status);
            Assert.Equal("""{"active":false}""", (await new TestRelyingParty(node, "api", "").PostAsync("/connect/introspect", new() { ["token"] = work.AccessToken })).Body);
            Assert.Equal("invalid_grant", (await office.At(node, "office-two").TokenAsync(office.At(node, "office-two").Refresh(offline.RefreshToken))).Error);
            Assert.Equal("invalid_grant", (await office.At(node).TokenAsync(office.At(node).Exchange(code))).Error);
        }
        Assert.Equal("login_required", (await office.Rp().AuthorizeAsync(official, ("prompt", "none"))).Answer["error"]);
        Assert.Equal(200, (await office.Rp("citizen").UserInfoAsync(own.AccessToken)).Status);
        Assert.Equal(200, (await office.Rp("citizen").TokenAsync(office.Rp("citizen").Refresh(own.RefreshToken))).Status);
        Assert.True((await office.Rp("citizen").AuthorizeAsync(citizen, ("prompt", "none"))).Answer.ContainsKey("code"));
        Assert.Equal(["office", "office-two"], await office.Provider.InDatabaseAsync(db => db.LogoutDeliveries.Select(d => d.ClientId).OrderBy(c => c).ToListAsync()));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task L18_A_leaver_cannot_come_in_by_the_mailbox_again_and_can_when_they_are_back(Engine engine)
    {
        await using var office = await LeaverStage.StartAsync(engine);
        using (var before = office.NewBrowser()) await office.OfficialTokensAsync(before);
        await office.Provider.AcceptListAsync(office.Row(status: "left"));

        using var browser = office.NewBrowser();
        var page = await office.SignInByMailAsync(browser);
        Assert.True(FederationFixture.IsProblem(page), page.Text);
        Assert.Equal(SignInPageTests.Text("problem.link_frozen.title"), page.Heading);

        await office.Provider.AcceptListAsync(office.Row());
        using var again = office.NewBrowser();
        await office.OfficialTokensAsync(again);
        Assert.Equal(1, await office.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync(l => l.Connector == MailDoor.Name && l.FrozenAt == null)));
    }

    [Fact]
    public async Task A_door_that_a_conflict_froze_stays_frozen_when_the_post_comes_back()
    {
        await using var office = await LeaverStage.StartAsync(Engine.Sqlite);
        using (var browser = office.NewBrowser()) await office.OfficialTokensAsync(browser);
        var long_ago = DateTimeOffset.UtcNow.AddDays(-3);
        await office.Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Connector == MailDoor.Name).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, (DateTimeOffset?)long_ago)));

        await office.Provider.AcceptListAsync(office.Row(status: "left"));
        await office.Provider.AcceptListAsync(office.Row());

        Assert.Equal(0, await office.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync(l => l.Connector == MailDoor.Name && l.FrozenAt == null)));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task L18_What_was_granted_through_the_mailbox_ends_also_after_the_person_went_on_with_the_e_id(Engine engine)
    {
        await using var office = await LeaverStage.StartAsync(engine);
        using var browser = office.NewBrowser();
        var work = await office.OfficialTokensAsync(browser);
        // The same browser: the session is continued under the e-ID.
        var own = await office.CitizenTokensAsync(browser);

        await office.Provider.AcceptListAsync(office.Row(status: "left"));

        Assert.Equal(401, (await office.Rp().UserInfoAsync(work.AccessToken)).Status);
        Assert.Equal(200, (await office.Rp("citizen").UserInfoAsync(own.AccessToken)).Status);
        Assert.True((await office.Rp("citizen").AuthorizeAsync(browser, ("prompt", "none"))).Answer.ContainsKey("code"));
        Assert.Equal(["office"], await office.Provider.InDatabaseAsync(db => db.LogoutDeliveries.Select(d => d.ClientId).ToListAsync()));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_mover_signs_in_again_by_the_same_mailbox(Engine engine)
    {
        await using var office = await LeaverStage.StartAsync(engine);
        using var browser = office.NewBrowser();
        var work = await office.OfficialTokensAsync(browser);

        await office.Provider.AcceptListAsync(office.Row(unit: "H99.08"));

        Assert.Equal(401, (await office.Rp().UserInfoAsync(work.AccessToken)).Status);
        using var again = office.NewBrowser();
        await office.OfficialTokensAsync(again);
        Assert.Equal([false, true], (await office.Provider.StandingsAsync(office.Person)).Select(s => s.IsLiveAt(DateTimeOffset.UtcNow)));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task Every_mandate_given_in_the_post_is_suspended_with_it_down_the_chain(Engine engine)
    {
        await using var office = await LeaverStage.StartAsync(engine);
        var provider = office.Provider;
        var standing = Assert.Single(await provider.StandingsAsync(office.Person));
        var (first, second, third) = (await provider.CitizenAsync("999090000002", "1990-01-31"), await provider.CitizenAsync("999079000009", "1979-10-20"), await provider.CitizenAsync("999155000010", "1955-07-07"));
        var top = Mandate(office.Person, first, standing.OrgUnitId, standing.Id, null);
        var below = Mandate(first, second, standing.OrgUnitId, null, top.Id);
        var lowest = Mandate(second, third, standing.OrgUnitId, null, below.Id);
        var foreign = Mandate(first, third, standing.OrgUnitId, null, null);
        await provider.InDatabaseAsync(db =>
        {
            db.Mandates.AddRange(top, below, lowest, foreign);
            return db.SaveChangesAsync();
        });

        await provider.AcceptListAsync(office.Row(status: "left"));

        var suspended = await provider.InDatabaseAsync(db => db.Mandates.Where(m => m.SuspendedAt != null).Select(m => m.Id).ToListAsync());
        Assert.Equal(new[] { top.Id, below.Id, lowest.Id }.Order(), suspended.Order());
        Assert.Contains("mandate.suspended left_by_personnel_list", await provider.TrailAsync(third));
        // Back in the post, the mandates are not: who gave them gives them again.
        await provider.AcceptListAsync(office.Row());
        Assert.Equal(3, await provider.InDatabaseAsync(db => db.Mandates.CountAsync(m => m.SuspendedAt != null)));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task The_other_post_of_the_same_human_keeps_its_own_mailbox(Engine engine)
    {
        await using var office = await LeaverStage.StartAsync(engine);
        var provider = office.Provider;
        var second = Office.Mailbox(MailDoor.Name, "id-of-the-second", "hai@mau.example");
        await provider.AcceptListAsync(office.Row(), $"CB-2,{Number},hai@mau.example,Nguyễn Thị Ẩn,H99.08,Phó phòng,2025-07-01,,");
        await provider.LinkAsync(office.Person, second);
        await provider.ArriveAsync(office.Person, second);
        using (var browser = office.NewBrowser()) await office.OfficialTokensAsync(browser);

        await provider.AcceptListAsync($"CB-2,{Number},hai@mau.example,Nguyễn Thị Ẩn,H99.08,Phó phòng,2025-07-01,,");

        Assert.Equal(["id-of-the-second"], await provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Connector == MailDoor.Name && l.FrozenAt == null).Select(l => l.Subject).ToListAsync()));
    }

    private static Mandate Mandate(Guid grantor, Guid grantee, Guid? unit, Guid? standing, Guid? parent) => new()
    {
        GrantorId = grantor, GranteeId = grantee, OrgUnitId = unit, GrantorAffiliationId = standing, ParentId = parent, FurtherSteps = 2,
        ValidFrom = DateTimeOffset.UtcNow.AddDays(-1), ValidTo = DateTimeOffset.UtcNow.AddDays(30), CreatedAt = DateTimeOffset.UtcNow, AcceptedAt = DateTimeOffset.UtcNow,
    };
}
