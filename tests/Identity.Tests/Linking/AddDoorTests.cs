using System.Net;
using Identity.Domain.Linking;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Linking;

/// <summary>"Add a way to sign in": two fresh proofs in one browser, and everything that must not do.</summary>
public sealed class AddDoorTests(LinkingFixture site) : IClassFixture<LinkingFixture>
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_person_adds_an_official_mailbox_and_enters_by_it_as_the_same_subject(Engine engine)
    {
        var own = new LinkingFixture(engine);
        await own.InitializeAsync();
        try
        {
            using var browser = await own.SignedInAsync("an");
            var page = await LinkingFixture.AddAsync(browser);
            Assert.Equal(SignInPageTests.Text("link.proof_title"), page.Heading);
                Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/mail", StringComparison.Ordinal));

            page = await own.ThroughAsync(browser, page, LinkingFixture.Eid, "an");
            Assert.Equal(SignInPageTests.Text("link.choose_title"), page.Heading);
            Assert.Contains("Nguyễn Thị Ẩn", page.Text, StringComparison.Ordinal);
            page = await own.ThroughAsync(browser, page, LinkingFixture.Agency, "an");

            Assert.Equal(SignInPageTests.Text("link.done_title"), page.Heading);
            Assert.Contains("Cách agency", (await browser.GetAsync("/account/identities")).Text, StringComparison.Ordinal);
            Assert.Equal(await own.SubjectAsync("an"), await own.SubjectAsync("an", LinkingFixture.Agency));
            Assert.Contains(SignInPageTests.Text("did.identity_linked", ("eid", "Cách agency")), (await browser.GetAsync("/account/activity?kind=Account")).Text, StringComparison.Ordinal);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_door_that_is_theirs_already_changes_nothing()
    {
        using var browser = await site.SignedInAsync("dai");
        var doors = (await site.DoorsAsync(await site.PersonAsync("dai"))).Count;
        var page = await site.ThroughAsync(browser, await site.ProvedAsync(browser, "dai"), LinkingFixture.Eid, "dai");
        Assert.Equal(SignInPageTests.Text("link.done_title"), page.Heading);
        Assert.Equal(doors, (await site.DoorsAsync(await site.PersonAsync("dai"))).Count);
    }

    [Fact]
    public async Task F3_The_proof_of_another_person_adds_nothing_and_signs_nobody_out()
    {
        using var browser = await site.SignedInAsync("binh");
        await site.SubjectAsync("trung");
        var session = SessionOf(browser);
        var page = await site.ThroughAsync(browser, await LinkingFixture.AddAsync(browser), LinkingFixture.Eid, "trung");
        Assert.Equal(SignInPageTests.Text("problem.proved_another.title"), page.Heading);
        ShownError.ReferenceOf(page);
        Assert.DoesNotContain("Nguyễn Thị Ẩn", page.Text, StringComparison.Ordinal);
        Assert.Equal(session, SessionOf(browser));
        Assert.Contains("Bình", (await browser.GetAsync("/account")).Heading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F2_Whoever_sits_before_a_planted_session_gives_it_none_of_their_doors()
    {
        // The attacker's own session, in the victim's browser.
        using var attacker = await site.SignedInAsync("noemail");
        using var victim = site.NewBrowser();
        victim.Cookies.Add(new Uri(site.Provider.Issuer), new Cookie("session", SessionOf(attacker)));
        var doors = await DoorCountAsync("noemail");

        var page = await site.ThroughAsync(victim, await LinkingFixture.AddAsync(victim), LinkingFixture.Eid, "foreigner");

        Assert.Equal(SignInPageTests.Text("problem.proved_another.title"), page.Heading);
        Assert.Equal(doors, await DoorCountAsync("noemail"));
        // Not even the mailbox, that nothing but the session ties to anybody.
        page = await site.ThroughAsync(victim, await LinkingFixture.AddAsync(victim), LinkingFixture.Eid, "foreigner");
        Assert.True(FederationFixture.IsProblem(page));
        Assert.Equal(doors, await DoorCountAsync("noemail"));
    }

    [Fact]
    public async Task F4_Adding_begins_with_a_form_of_ours_only()
    {
        using var browser = await site.SignedInAsync("le-mot");
        var before = await site.Provider.InDatabaseAsync(db => db.PendingAuthentications.CountAsync(p => p.LinkStep != null));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/identities/add", [])).Status);
        browser.Headers["Origin"] = "https://evil.example";
        browser.Headers["Sec-Fetch-Site"] = "cross-site";
        Assert.NotEqual(HttpStatusCode.OK, (await browser.PostAsync("/account/identities/add", [])).Status);
        browser.Headers.Clear();
        Assert.Equal("/account/identities", (await browser.GetAsync("/account/identities/add")).Address.AbsolutePath);
        Assert.Equal(before, await site.Provider.InDatabaseAsync(db => db.PendingAuthentications.CountAsync(p => p.LinkStep != null)));
    }

    [Fact]
    public async Task F4_F5_The_answer_of_an_attackers_trip_adds_no_door_to_the_victim()
    {
        using var attacker = await site.SignedInAsync("le-hai");
        using var victim = await site.SignedInAsync("em");
        var doors = await DoorCountAsync("em");
        // The attacker takes the e-ID's answer out of its redirect and makes the victim's browser follow it.
        var eid = await attacker.SubmitAsync(await site.ProvedAsync(attacker, "le-hai"), $"/start/{LinkingFixture.Weak}");
        var callback = await CallbackAsync(eid, "le-hai");

        Assert.Equal(SignInPageTests.Text("problem.wrong_browser.title"), (await victim.GetAsync(callback.AbsoluteUri)).Heading);

        Assert.Equal(doors, await DoorCountAsync("em"));
        Assert.Equal(1, await DoorCountAsync("le-hai"));
    }

    [Fact]
    public async Task Another_browser_cannot_go_on_with_the_trip()
    {
        using var owner = await site.SignedInAsync("full");
        var page = await site.ProvedAsync(owner, "full");
        using var other = await site.SignedInAsync("full");
        Assert.DoesNotContain(SignInPageTests.Text("link.choose_title"), (await other.GetAsync(page.Address.AbsoluteUri)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_of_eleven_minutes_ago_is_asked_for_again()
    {
        using var browser = await site.SignedInAsync("binh");
        var page = await site.ProvedAsync(browser, "binh");
        var person = await site.PersonAsync("binh");
        var old = DateTimeOffset.UtcNow.AddMinutes(-11);
        await site.Provider.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == person && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.AuthenticatedAt, old)));

        page = await site.ThroughAsync(browser, page, LinkingFixture.Agency, "binh");

        Assert.Equal(SignInPageTests.Text("problem.proof_stale.title"), page.Heading);
        Assert.Equal(Guid.Empty, await site.PersonAsync(LinkingFixture.Agency, "binh"));
        page = await browser.GetAsync(page.Address.AbsoluteUri.Replace("/problem", "", StringComparison.Ordinal));
        Assert.Equal(SignInPageTests.Text("link.proof_title"), page.Heading);
        page = await site.ThroughAsync(browser, await site.ThroughAsync(browser, page, LinkingFixture.Eid, "binh"), LinkingFixture.Agency, "binh");
        Assert.Equal(SignInPageTests.Text("link.done_title"), page.Heading);
    }

    [Fact]
    public async Task A_door_weaker_than_the_person_proves_nothing()
    {
        using var browser = await site.SignedInAsync("trung");
        await site.ThroughAsync(browser, await site.ProvedAsync(browser, "trung"), LinkingFixture.Agency, "trung");
        var page = await LinkingFixture.AddAsync(browser);
        // Not offered, and not taken when asked for all the same.
        Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/mail", StringComparison.Ordinal));
        var forced = await browser.PostAsync(page.Address + $"/start/{LinkingFixture.Agency}", [FormToken(page)]);
        page = await FederationFixture.DecideAsync(browser, forced, "trung");
        Assert.Equal(SignInPageTests.Text("problem.proof_too_weak.title"), page.Heading);
    }

    [Fact]
    public async Task A_mailbox_of_somebody_else_does_not_move_is_frozen_and_leaves_a_case_for_the_desk()
    {
        using var owner = await site.SignedInAsync("le-mot");
        await site.ThroughAsync(owner, await site.ProvedAsync(owner, "le-mot"), LinkingFixture.Agency, "le-mot");
        var holder = await site.PersonAsync(LinkingFixture.Agency, "le-mot");
        using var browser = await site.SignedInAsync("an");

        var page = await site.ThroughAsync(browser, await site.ProvedAsync(browser, "an"), LinkingFixture.Agency, "le-mot");

        Assert.Equal(SignInPageTests.Text("problem.door_of_another.title"), page.Heading);
        var reference = ShownError.ReferenceOf(page);
        var conflict = await site.Provider.InDatabaseAsync(db => db.LinkConflicts.Include(c => c.Parties).SingleAsync(c => c.Reference == reference));
        Assert.Equal((LinkRefusal.AlreadyLinkedToAnotherPerson, null), (conflict.Kind, conflict.ResolvedAt));
        Assert.Equal([(await site.PersonAsync("an"), true), (holder, false)], conflict.Parties.Select(p => (p.PersonId, p.Proved)).OrderByDescending(p => p.Proved));
        Assert.Equal(holder, await site.PersonAsync(LinkingFixture.Agency, "le-mot"));
        using var later = site.NewBrowser();
        Assert.Equal(SignInPageTests.Text("problem.link_frozen.title", ("eid", "Cách agency")), (await site.EnterAsync(later, "le-mot", LinkingFixture.Agency)).Heading);
        // The holder is a citizen as before.
        Assert.NotEmpty(await site.SubjectAsync("le-mot"));
    }

    [Fact]
    public async Task Another_number_never_joins_and_the_page_compares_what_was_proved()
    {
        using var browser = await site.SignedInAsync("le-mot");
        var page = await site.ThroughAsync(browser, await site.ProvedAsync(browser, "le-mot"), LinkingFixture.Weak, "le-hai");
        Assert.Equal(SignInPageTests.Text("problem.number_mismatch.title"), page.Heading);
        var rows = page.Document.QuerySelectorAll("main table tbody tr");
        Assert.Contains(rows, r => r.TextContent.Contains("Lê Thị Mốt", StringComparison.Ordinal) && r.TextContent.Contains("Lê Thị Một", StringComparison.Ordinal));
        Assert.Equal(2, page.Document.QuerySelectorAll("main table .tag").Length);
        Assert.Contains(SignInPageTests.Text("conflict.no_delete"), page.Text, StringComparison.Ordinal);
        // Signed out, the same page shows our side no more.
        browser.Cookies.GetCookies(new Uri(site.Provider.Issuer))["session"]!.Expired = true;
        var later = await browser.GetAsync(page.Address.AbsoluteUri);
        Assert.DoesNotContain("Lê Thị Một", later.Text, StringComparison.Ordinal);
        Assert.Contains(SignInPageTests.Text("conflict.hidden"), later.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L13_Somebody_else_who_signs_in_meanwhile_gets_no_door_and_gives_none()
    {
        using var browser = await site.SignedInAsync("full");
        var waiting = await site.ProvedAsync(browser, "full");
        await site.EnterAsync(browser, "foreigner");
        var page = await site.ThroughAsync(browser, waiting, LinkingFixture.Agency, "full");
        Assert.Equal(SignInPageTests.Text("problem.link_interrupted.title"), page.Heading);
        Assert.Equal(Guid.Empty, await site.PersonAsync(LinkingFixture.Agency, "full"));
    }

    [Fact]
    public async Task Two_tabs_that_add_the_same_door_make_one()
    {
        using var browser = await site.SignedInAsync("foreigner");
        var first = await site.ProvedAsync(browser, "foreigner");
        var second = await LinkingFixture.AddAsync(browser);
        second = await site.ThroughAsync(browser, second, LinkingFixture.Eid, "foreigner");
        // The second proof renewed the session, so the first tab's proof is over; it says so and nothing is lost.
        Assert.Equal(SignInPageTests.Text("problem.link_interrupted.title"), (await site.ThroughAsync(browser, first, LinkingFixture.Agency, "foreigner")).Heading);
        Assert.Equal(SignInPageTests.Text("link.done_title"), (await site.ThroughAsync(browser, second, LinkingFixture.Agency, "foreigner")).Heading);
        Assert.Single(await site.DoorsAsync(await site.PersonAsync("foreigner")), l => l.Connector == LinkingFixture.Agency);
    }

    [Fact]
    public async Task Being_signed_in_alone_never_adds_a_door()
    {
        using var browser = await site.SignedInAsync("dung");
        var person = await site.PersonAsync("dung");
        await site.EnterAsync(browser, "dung", LinkingFixture.Agency);
        Assert.Single(await site.DoorsAsync(person));
        Assert.NotEqual(person, await site.PersonAsync(LinkingFixture.Agency, "dung"));
    }

    [Fact]
    public async Task Who_gives_up_is_back_at_the_account_and_the_trip_is_over()
    {
        using var browser = await site.SignedInAsync("em");
        var page = await site.ProvedAsync(browser, "em");
        Assert.Equal("/account/identities", (await browser.SubmitAsync(page, "/cancel")).Address.AbsolutePath);
        var late = await site.ThroughAsync(browser, page, LinkingFixture.Weak, "em");
        Assert.Equal(1, await DoorCountAsync("em"));
        Assert.NotEqual(SignInPageTests.Text("link.done_title"), late.Heading);
    }

    private async Task<int> DoorCountAsync(string person) => (await site.DoorsAsync(await site.PersonAsync(person))).Count;

    private string SessionOf(TestBrowser browser) => browser.Cookies.GetCookies(new Uri(site.Provider.Issuer))["session"]!.Value;

    private static KeyValuePair<string, string> FormToken(TestPage page) => new("form", page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!);

    private async Task<Uri> CallbackAsync(TestPage eid, string person)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var request = eid.Document.QuerySelector("input[name=request]")!.GetAttribute("value")!;
        using var reply = await http.PostAsync($"{site.EidUrl}/oauth2/authorize/decision", new FormUrlEncodedContent(new Dictionary<string, string> { ["request"] = request, ["person"] = person }));
        return reply.Headers.Location!;
    }
}
