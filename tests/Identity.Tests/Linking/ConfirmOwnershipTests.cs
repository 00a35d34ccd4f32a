using Identity.Domain.People;
using Identity.Protocols.Federation;
using Identity.Sandbox.People;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Linking;

/// <summary>A record that may be the human's: hinted at, and connected only by its owner (ux.md F17).</summary>
public sealed class ConfirmOwnershipTests(LinkingFixture site) : IClassFixture<LinkingFixture>
{
    [Fact]
    public async Task A_strong_match_through_a_weak_source_is_connected_by_the_proof_of_the_old_door()
    {
        var subject = await site.SubjectAsync("an");
        using var browser = site.NewBrowser();
        var page = await MatchedAsync(browser, "an");
        Assert.Contains(SignInPageTests.Text("link.found"), page.Text, StringComparison.Ordinal);
        Assert.Contains("a•••@mau.example", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("an@mau.example", page.Text, StringComparison.Ordinal);

        page = await browser.SubmitAsync(page, "/confirm", ("answer", "connect"));
        Assert.Equal(SignInPageTests.Text("link.prove_title"), page.Heading);
        Assert.DoesNotContain("Nguyễn Thị Ẩn", page.Text, StringComparison.Ordinal);
        var answer = await site.ThroughAsync(browser, page, LinkingFixture.Eid, "an");

        Assert.Equal(subject, await site.SubjectAsync(answer));
        Assert.Equal([LinkingFixture.Eid, LinkingFixture.Weak], (await site.DoorsAsync(await site.PersonAsync("an"))).Select(l => l.Connector));
        Assert.Equal(subject, await site.SubjectAsync("an", LinkingFixture.Weak));
    }

    [Fact]
    public async Task Later_connects_nothing_makes_no_second_record_and_says_how_to_go_on()
    {
        await site.SubjectAsync("binh");
        var people = await site.PeopleAsync();
        using var browser = site.NewBrowser();
        var page = await browser.SubmitAsync(await MatchedAsync(browser, "binh"), "/confirm", ("answer", "later"));
        Assert.Equal(SignInPageTests.Text("problem.ownership_unproved.title"), page.Heading);
        ShownError.ReferenceOf(page);
        Assert.Equal(people, await site.PeopleAsync());
        Assert.Single(await site.DoorsAsync(await site.PersonAsync("binh")));
        // The way out is a working one: the chooser, where the old door signs in as ever.
        page = await browser.GetAsync(page.Address.AbsoluteUri.Replace("/problem", "?choose=true", StringComparison.Ordinal));
        Assert.NotNull((await site.ThroughAsync(browser, page, LinkingFixture.Eid, "binh")).LeftFor);
        Assert.Single(await site.DoorsAsync(await site.PersonAsync("binh")));
    }

    [Fact]
    public async Task Not_me_connects_nothing()
    {
        await site.SubjectAsync("trung");
        using var browser = site.NewBrowser();
        var page = await browser.SubmitAsync(await MatchedAsync(browser, "trung"), "/confirm", ("answer", "no"));
        Assert.Equal(SignInPageTests.Text("problem.declined_first.title"), page.Heading);
        Assert.Single(await site.DoorsAsync(await site.PersonAsync("trung")));
    }

    [Fact]
    public async Task F3_A_proof_by_another_person_connects_nothing_and_the_waiting_door_is_gone()
    {
        await site.SubjectAsync("full");
        await site.SubjectAsync("foreigner");
        using var browser = site.NewBrowser();
        var page = await browser.SubmitAsync(await MatchedAsync(browser, "full"), "/confirm", ("answer", "connect"));
        var problem = await site.ThroughAsync(browser, page, LinkingFixture.Eid, "foreigner");
        Assert.Equal(SignInPageTests.Text("problem.proved_another.title"), problem.Heading);
        Assert.Null(browser.Cookies.GetCookies(new Uri(site.Provider.Issuer))["session"]);
        // Even the right person, a moment later, has to bring the new door again.
        page = await browser.GetAsync(page.Address.AbsoluteUri + "?choose=true");
        Assert.NotNull((await site.ThroughAsync(browser, page, LinkingFixture.Eid, "full")).LeftFor);
        Assert.Single(await site.DoorsAsync(await site.PersonAsync("full")));
    }

    [Fact]
    public async Task F2_A_session_that_was_there_before_is_no_proof()
    {
        await site.SubjectAsync("le-hai");
        // Signed in as the owner, by a session that this request did not start.
        using var browser = await site.SignedInAsync("le-hai");
        var page = await MatchedAsync(browser, "le-hai");
        Assert.True(IsConfirm(page), page.Text);
        Assert.True(IsConfirm(await browser.GetAsync(page.Address.AbsoluteUri.Replace("/confirm", "/continue", StringComparison.Ordinal))));
        Assert.Single(await site.DoorsAsync(await site.PersonAsync("le-hai")));
    }

    [Fact]
    public async Task Another_browser_sees_no_hint()
    {
        await site.SubjectAsync("le-mot");
        using var browser = site.NewBrowser();
        var page = await MatchedAsync(browser, "le-mot");
        using var other = site.NewBrowser();
        Assert.DoesNotContain("mau.example", (await other.GetAsync(page.Address.AbsoluteUri)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F1_A_weak_match_shows_nothing()
    {
        // Equal name, equal address, even an equal birth date: no number, no hint.
        var an = SyntheticPeople.Find("noemail")!;
        await site.RecordAsync(ProofingLevel.Level01, (AttributeNames.Name, an.FullName), (AttributeNames.BirthDate, "1955-07-07"), (AttributeNames.PhoneNumber, "+84110000010"));
        using var browser = site.NewBrowser();
        var page = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser), LinkingFixture.Eid, "noemail");
        Assert.True(FederationFixture.IsFirst(page), page.Text);
        Assert.DoesNotContain(SignInPageTests.Text("link.found"), page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_records_with_one_number_are_hinted_at_and_left_to_the_desk()
    {
        var person = SyntheticPeople.Find("dai")!;
        foreach (var address in (string[])["cu@mau.example", "moi@mau.example"])
            await site.RecordAsync(ProofingLevel.Level01, (AttributeNames.PersonalNumber, person.Number), (AttributeNames.Email, address));
        var people = await site.PeopleAsync();
        using var browser = site.NewBrowser();
        var page = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser), LinkingFixture.Eid, "dai");
        Assert.Equal(SignInPageTests.Text("problem.number_conflict.title"), page.Heading);
        Assert.Contains("c•••@mau.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("m•••@mau.example", page.Text, StringComparison.Ordinal);
        var reference = ShownError.ReferenceOf(page);
        Assert.Equal(2, await site.Provider.InDatabaseAsync(db => db.LinkConflicts.Where(c => c.Reference == reference).SelectMany(c => c.Parties).CountAsync()));
        Assert.Equal(people, await site.PeopleAsync());
        // The same human a second time is the same case.
        var again = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser, ("prompt", "login")), LinkingFixture.Eid, "dai");
        var code = ShownError.ReferenceOf(again);
        Assert.Equal(2, await site.Provider.InDatabaseAsync(db => db.LinkConflicts.Where(c => c.Reference == code).Select(c => c.Attempts).SingleAsync()));
    }

    [Fact]
    public async Task A_suspended_record_is_not_hinted_at()
    {
        await site.SubjectAsync("em");
        var person = await site.PersonAsync("em");
        await site.Provider.InDatabaseAsync(db => db.People.Where(p => p.Id == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, PersonStatus.Suspended)));
        using var browser = site.NewBrowser();
        var page = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser), LinkingFixture.Weak, "em");
        Assert.Equal(SignInPageTests.Text("problem.suspended.title"), page.Heading);
    }

    /// <summary>Arrives by the weak source, whose number a record has.</summary>
    private async Task<TestPage> MatchedAsync(TestBrowser browser, string person)
    {
        var page = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser, ("prompt", "login")), LinkingFixture.Weak, person);
        Assert.True(IsConfirm(page), $"{page.Address} {page.Text}");
        return page;
    }

    private static bool IsConfirm(TestPage page) => page.Address.AbsolutePath.EndsWith("/confirm", StringComparison.Ordinal);
}
