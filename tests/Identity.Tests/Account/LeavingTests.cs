using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Identity.Tests.Linking;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Account;

/// <summary>Leaving cleanly: everything ends at once, a week to think again, and the same human comes back as the same subject.</summary>
public sealed class LeavingTests(LinkingFixture site) : IClassFixture<LinkingFixture>
{
    private const string Page = "/account/close";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_leaves_and_returns_with_the_same_e_ID_is_the_same_subject_everywhere_and_nobody_else_is(Engine engine)
    {
        await using var own = await OwnAsync(engine);
        var (hall, strict) = (await own.Site.SubjectAsync("an"), await SubjectAsync(own.Site, "an", "strict-hall"));
        var person = await own.Site.PersonAsync("an");
        using var browser = await own.Site.SignedInAsync("an");
        await AddAsync(own.Site, browser, "an");
        await own.Site.Provider.InDatabaseAsync(async db =>
        {
            db.Contacts.Add(new Contact { PersonId = person, SealedAddress = "old", VerifiedAt = DateTimeOffset.UtcNow.AddYears(-2), ReplacedAt = DateTimeOffset.UtcNow.AddYears(-1) });
            return await db.SaveChangesAsync();
        });
        await CloseAsync(browser);
        await PassAsync(own.Site, person);

        var left = await own.Site.Provider.InDatabaseAsync(async db => (
            await db.People.Where(p => p.Id == person).Select(p => p.Status).SingleAsync(), await db.LinkedIdentities.CountAsync(l => l.PersonId == person),
            await db.Contacts.CountAsync(c => c.PersonId == person), await db.Grants.CountAsync(g => g.PersonId == person && g.RevokedAt == null)));
        Assert.Equal((PersonStatus.Closed, 0, 0, 0), left);
        var kept = await own.Site.Provider.InDatabaseAsync(db => db.PersonAttributes.Where(a => a.PersonId == person && a.SupersededAt == null).Select(a => a.Name).Order().ToListAsync());
        Assert.Equal([AttributeNames.BirthDate, AttributeNames.PersonalNumber], kept);

        // A way that proves less does not bring the record back, and makes no second one.
        using var weak = own.Site.NewBrowser();
        Assert.Equal(SignInPageTests.Text("problem.closed.title"), (await own.Site.EnterAsync(weak, "an", LinkingFixture.Weak)).Heading);
        Assert.NotEqual(hall, await own.Site.SubjectAsync("binh"));

        Assert.Equal((hall, strict), (await own.Site.SubjectAsync("an"), await SubjectAsync(own.Site, "an", "strict-hall")));
        Assert.Equal(person, await own.Site.PersonAsync("an"));
        var trail = await own.Site.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.PersonId == person && a.Name.StartsWith("person.")).OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync());
        Assert.Equal(["person.closing", "person.closed", "person.reopened"], trail.Where(name => name is not ("person.created" or "person.proofed")));
    }

    [Fact]
    public async Task Every_device_and_grant_ends_at_once_and_who_signs_in_within_the_week_stays()
    {
        var person = await PersonAsync("binh");
        var reply = await TokensAsync("binh");
        using var elsewhere = await site.SignedInAsync("binh");
        using var browser = await site.SignedInAsync("binh");

        var page = await CloseAsync(browser);

        Assert.Equal("/account/closing", page.Address.AbsolutePath);
        Assert.Contains("đăng nhập trong 7 ngày", page.Text, StringComparison.Ordinal);
        Assert.Equal("login_required", (await site.Rp().AuthorizeAsync(elsewhere, ("prompt", "none"))).Answer["error"]);
        Assert.Equal(400, (await site.Rp().TokenAsync(site.Rp().Refresh(reply.RefreshToken))).Status);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.Sessions.CountAsync(s => s.PersonId == person && s.EndedAt == null)));
        Assert.NotNull(await ClosesAtAsync(person));

        using var again = await site.SignedInAsync("binh");
        Assert.Null(await ClosesAtAsync(person));
        await CloseDueAsync(site);
        Assert.Contains(SignInPageTests.Text("did.person_stayed"), (await again.GetAsync("/account/activity?kind=Account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L6_A_sign_in_of_an_hour_ago_does_not_close_an_account()
    {
        using var browser = await site.SignedInAsync("dung");
        var person = await site.PersonAsync("dung");
        var old = DateTimeOffset.UtcNow.AddHours(-1);
        await site.Provider.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == person && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.AuthenticatedAt, old)));

        var page = await CloseAsync(browser);

        Assert.StartsWith("/login/", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Null(await ClosesAtAsync(person));
        // Proved, the person is back at the page and presses the button once more.
        page = await site.ThroughAsync(browser, page, LinkingFixture.Eid, "dung");
        Assert.Equal(Page, page.Address.AbsolutePath);
        Assert.Equal("/account/closing", (await browser.SubmitAsync(page, Page)).Address.AbsolutePath);
    }

    [Fact]
    public async Task Nobody_closes_somebody_elses_account_from_another_site()
    {
        using var browser = await site.SignedInAsync("em");
        Assert.Equal(400, (int)(await browser.PostAsync(Page, [])).Status);
        Assert.Null(await ClosesAtAsync(await site.PersonAsync("em")));
    }

    private static async Task<TestPage> CloseAsync(TestBrowser browser) => await browser.SubmitAsync(await browser.GetAsync(Page), Page);

    /// <summary>A mailbox as a second way in, so that there is more than one to forget.</summary>
    private static async Task AddAsync(LinkingFixture site, TestBrowser browser, string person) =>
        Assert.Equal(SignInPageTests.Text("link.done_title"), (await site.ThroughAsync(browser, await site.ProvedAsync(browser, person), LinkingFixture.Agency, person)).Heading);

    /// <summary>As if the week were over.</summary>
    private static async Task PassAsync(LinkingFixture site, Guid person)
    {
        DateTimeOffset? over = DateTimeOffset.UtcNow.AddMinutes(-1);
        Assert.Equal(1, await site.Provider.InDatabaseAsync(db => db.People.Where(p => p.Id == person && p.ClosesAt != null).ExecuteUpdateAsync(set => set.SetProperty(p => p.ClosesAt, over))));
        // A node of the test may have been faster.
        await CloseDueAsync(site);
        Assert.Equal(PersonStatus.Closed, await site.Provider.InDatabaseAsync(db => db.People.Where(p => p.Id == person).Select(p => p.Status).SingleAsync()));
    }

    private static async Task CloseDueAsync(LinkingFixture site)
    {
        await using var scope = site.Provider.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Leaving>().CloseDueAsync(CancellationToken.None);
    }

    private static async Task<string> SubjectAsync(LinkingFixture site, string person, string client)
    {
        using var browser = site.NewBrowser();
        var answer = await site.EnterAsync(browser, person, client: client);
        Assert.True(answer.Answer.ContainsKey("code"), answer.Text);
        return TestReply.Read((await site.Rp(client).TokenAsync(site.Rp(client).Exchange(answer.Answer["code"]))).IdToken).Subject;
    }

    private async Task<Guid> PersonAsync(string person)
    {
        await site.SubjectAsync(person);
        return await site.PersonAsync(person);
    }

    private async Task<TestReply> TokensAsync(string person)
    {
        using var browser = site.NewBrowser();
        var page = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser, ("scope", "openid offline_access")), LinkingFixture.Eid, person);
        return await site.Rp().TokenAsync(site.Rp().Exchange(page.Answer["code"]));
    }

    private Task<DateTimeOffset?> ClosesAtAsync(Guid person) => site.Provider.InDatabaseAsync(db => db.People.Where(p => p.Id == person).Select(p => p.ClosesAt).SingleAsync());

    private static async Task<OwnSite> OwnAsync(Engine engine)
    {
        var own = new LinkingFixture(engine);
        await own.InitializeAsync();
        return new(own);
    }

    private sealed record OwnSite(LinkingFixture Site) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Site.DisposeAsync();
    }
}
