using System.Net;
using Identity.Domain.Linking;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Tests.Harness;
using Identity.Tests.Linking;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Account;

/// <summary>Removing a way to sign in, as people do it: what must stay stays, and what goes takes along what came in by it.</summary>
public sealed class RemoveDoorTests(LinkingFixture site) : IClassFixture<LinkingFixture>
{
    [Fact]
    public async Task The_last_way_in_stays_whatever_is_sent()
    {
        using var browser = await site.SignedInAsync("an");
        var door = Assert.Single(await site.DoorsAsync(await site.PersonAsync("an")));
        var page = await browser.GetAsync(AddressOf(door));
        Assert.Contains(SignInPageTests.Text("unlink.last_way"), page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/remove", StringComparison.Ordinal));

        Assert.Equal("/account/identities", (await ForceAsync(browser, page, door)).Address.AbsolutePath);

        Assert.Single(await site.DoorsAsync(door.PersonId));
        Assert.DoesNotContain("identity.unlinked", await TrailAsync(door.PersonId));
    }

    [Fact]
    public async Task The_strongest_way_stays_while_no_other_proves_as_much()
    {
        using var browser = await site.SignedInAsync("binh");
        await AddMailboxAsync(browser, "binh");
        var eid = (await site.DoorsAsync(await site.PersonAsync("binh"))).Single(d => d.Connector == LinkingFixture.Eid);
        var page = await browser.GetAsync(AddressOf(eid));
        Assert.Contains(SignInPageTests.Text("unlink.recovery"), page.Text, StringComparison.Ordinal);
        await ForceAsync(browser, page, eid);
        Assert.Equal(2, (await site.DoorsAsync(eid.PersonId)).Count);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_came_in_by_a_removed_way_ends_with_it_and_the_rest_goes_on(Engine engine)
    {
        var own = new LinkingFixture(engine);
        await own.InitializeAsync();
        try
        {
            using var browser = await own.SignedInAsync("an");
            var page = await own.ThroughAsync(browser, await own.ProvedAsync(browser, "an"), LinkingFixture.Agency, "an");
            Assert.Equal(SignInPageTests.Text("link.done_title"), page.Heading);
            using var byMail = own.NewBrowser();
            var answer = await own.EnterAsync(byMail, "an", LinkingFixture.Agency);
            Assert.NotNull(answer.LeftFor);
            var mailbox = (await own.DoorsAsync(await own.PersonAsync("an"))).Single(d => d.Connector == LinkingFixture.Agency);

            page = await browser.SubmitAsync(await browser.GetAsync(AddressOf(mailbox)), "/remove");

            Assert.Contains(SignInPageTests.Text("acct.did.door_removed"), page.Text, StringComparison.Ordinal);
            Assert.Equal("login_required", (await own.Rp().AuthorizeAsync(byMail, ("prompt", "none"))).Answer["error"]);
            Assert.True((await own.Rp().AuthorizeAsync(browser, ("prompt", "none"))).Answer.ContainsKey("code"));
            // The code that was on its way by that door buys nothing.
            Assert.Equal(400, (await own.Rp().TokenAsync(own.Rp().Exchange(answer.Answer["code"]))).Status);
            var reasons = await own.Provider.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == mailbox.PersonId && s.Connector == LinkingFixture.Agency).Select(s => s.EndReason).ToListAsync());
            Assert.Equal([WaysToSignIn.DoorRemoved], reasons.Distinct());
            // The mailbox is nobody's now: it would be a new person's.
            using var stranger = own.NewBrowser();
            Assert.True(FederationFixture.IsFirst(await own.ThroughAsync(stranger, await own.Rp().AuthorizeAsync(stranger), LinkingFixture.Agency, "an")));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_two_accounts_at_one_provider_the_one_that_stays_becomes_the_main_one()
    {
        using var browser = await site.SignedInAsync("trung");
        var (main, second) = await TwinAsync(site, "trung");
        var page = await browser.GetAsync("/account/identities");
        Assert.Contains(SignInPageTests.Text("acct.secondary"), page.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(await browser.GetAsync(AddressOf(main)), "/remove");
        var left = Assert.Single(await site.DoorsAsync(main.PersonId));
        Assert.Equal((second.Id, null), (left.Id, left.SecondarySince));
        // Another account there still stands for the person, so nobody was signed out.
        Assert.True((await site.Rp().AuthorizeAsync(browser, ("prompt", "none"))).Answer.ContainsKey("code"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Of_two_removals_at_once_in_two_browsers_one_wins_and_one_way_stays(Engine engine)
    {
        var own = new LinkingFixture(engine);
        await own.InitializeAsync();
        try
        {
            using var first = await own.SignedInAsync("an");
            var (main, twin) = await TwinAsync(own, "an");
            using var second = await own.SignedInAsync("an");
            for (var round = 0; round < 3; round++)
            {
                var (one, other) = (await first.GetAsync(AddressOf(main)), await second.GetAsync(AddressOf(twin)));
                await Task.WhenAll(first.SubmitAsync(one, "/remove"), second.SubmitAsync(other, "/remove"));
                Assert.Single(await own.DoorsAsync(main.PersonId));
                (main, twin) = await TwinAsync(own, "an");
            }
            Assert.Equal(3, (await TrailAsync(own, main.PersonId)).Count(name => name == "identity.unlinked"));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_disputed_way_stays_until_the_desk_has_decided_and_goes_like_any_other_then()
    {
        using var browser = await site.SignedInAsync("le-mot");
        await AddMailboxAsync(browser, "le-mot");
        using var claimant = await site.SignedInAsync("le-hai");
        await site.ThroughAsync(claimant, await site.ProvedAsync(claimant, "le-hai"), LinkingFixture.Agency, "le-mot");
        var door = (await site.DoorsAsync(await site.PersonAsync("le-mot"))).Single(d => d.Connector == LinkingFixture.Agency);
        var page = await browser.GetAsync(AddressOf(door));
        Assert.Contains(SignInPageTests.Text("unlink.frozen"), page.Text, StringComparison.Ordinal);
        await ForceAsync(browser, page, door);
        Assert.Equal(2, (await site.DoorsAsync(door.PersonId)).Count);
        // Both know of it, with the code.
        var conflict = await site.Provider.InDatabaseAsync(db => db.LinkConflicts.SingleAsync(c => c.ResolvedAt == null && c.Parties.Any(p => p.PersonId == door.PersonId)));
        foreach (var party in (TestBrowser[])[browser, claimant]) Assert.Contains(conflict.Reference, (await party.GetAsync("/account")).Text, StringComparison.Ordinal);

        await using (var scope = site.Provider.Services.CreateAsyncScope())
            Assert.Equal(ConflictOutcome.Done, await scope.ServiceProvider.GetRequiredService<ConflictDesk>().DecideAsync(conflict.Id, new(ConflictDecision.Stays, null, "command:desk", "BB-1"), CancellationToken.None));

        Assert.DoesNotContain(conflict.Reference, (await browser.GetAsync("/account")).Text, StringComparison.Ordinal);
        await browser.SubmitAsync(await browser.GetAsync(AddressOf(door)), "/remove");
        Assert.Single(await site.DoorsAsync(door.PersonId));
    }

    [Fact]
    public async Task L13_Nobody_removes_what_is_somebody_elses()
    {
        using var browser = await site.SignedInAsync("dung");
        await AddMailboxAsync(browser, "dung");
        using var other = await site.SignedInAsync("foreigner");
        await AddMailboxAsync(other, "foreigner");
        var foreign = (await site.DoorsAsync(await site.PersonAsync("dung"))).Single(d => d.Connector == LinkingFixture.Agency);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(AddressOf(foreign))).Status);
        var own = (await site.DoorsAsync(await site.PersonAsync("foreigner"))).Single(d => d.Connector == LinkingFixture.Agency);
        await ForceAsync(other, await other.GetAsync(AddressOf(own)), foreign);
        Assert.Equal(2, (await site.DoorsAsync(foreign.PersonId)).Count);
    }

    [Fact]
    public async Task L6_A_sign_in_of_an_hour_ago_removes_nothing_before_a_new_proof()
    {
        using var browser = await site.SignedInAsync("full");
        await AddMailboxAsync(browser, "full");
        var door = (await site.DoorsAsync(await site.PersonAsync("full"))).Single(d => d.Connector == LinkingFixture.Agency);
        var old = DateTimeOffset.UtcNow.AddHours(-1);
        await site.Provider.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == door.PersonId && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.AuthenticatedAt, old)));

        var page = await browser.SubmitAsync(await browser.GetAsync(AddressOf(door)), "/remove");

        Assert.StartsWith("/login/", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(2, (await site.DoorsAsync(door.PersonId)).Count);
        page = await site.ThroughAsync(browser, page, LinkingFixture.Eid, "full");
        Assert.Equal(AddressOf(door), page.Address.AbsolutePath);
        await browser.SubmitAsync(page, "/remove");
        Assert.Single(await site.DoorsAsync(door.PersonId));
    }

    private static string AddressOf(LinkedIdentity door) => $"/account/identities/{door.Id}/remove";

    private async Task AddMailboxAsync(TestBrowser browser, string person) =>
        Assert.Equal(SignInPageTests.Text("link.done_title"), (await site.ThroughAsync(browser, await site.ProvedAsync(browser, person), LinkingFixture.Agency, person)).Heading);

    /// <summary>The form as it would be, although the page does not offer it.</summary>
    private static Task<TestPage> ForceAsync(TestBrowser browser, TestPage page, LinkedIdentity door) =>
        browser.PostAsync(AddressOf(door), [new("form", page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!)]);

    /// <summary>A second account of the person at the e-ID, as strong as the first.</summary>
    private static async Task<(LinkedIdentity Main, LinkedIdentity Second)> TwinAsync(LinkingFixture site, string person)
    {
        var main = await site.Provider.InDatabaseAsync(db => db.LinkedIdentities.AsNoTracking().SingleAsync(l => l.Connector == LinkingFixture.Eid && (l.Subject == $"tech-{person}" || l.Subject.StartsWith($"twin-{person}-"))));
        var now = DateTimeOffset.UtcNow;
        var second = new LinkedIdentity
        {
            PersonId = main.PersonId, Connector = main.Connector, Issuer = main.Issuer, Subject = $"twin-{person}-{Guid.NewGuid():N}", Proofing = ProofingLevel.Level02, LinkedAt = now, LastUsedAt = now, SecondarySince = now,
        };
        await site.Provider.InDatabaseAsync(async db =>
        {
            db.LinkedIdentities.Add(second);
            return await db.SaveChangesAsync();
        });
        return (main, second);
    }

    private Task<List<string>> TrailAsync(Guid person) => TrailAsync(site, person);

    private static Task<List<string>> TrailAsync(LinkingFixture site, Guid person) =>
        site.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.PersonId == person).Select(a => a.Name).ToListAsync());
}
