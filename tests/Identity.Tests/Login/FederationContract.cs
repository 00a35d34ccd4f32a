using System.Net;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

public sealed class VnConnectFederationTests(FederationFixture eid) : FederationContract(eid), IClassFixture<FederationFixture>;

public sealed class VNeIdFederationTests(VNeIdFixture eid) : FederationContract(eid), IClassFixture<VNeIdFixture>;

/// <summary>
/// Signing in through the e-ID, whichever connector leads there: the ordinary way, the person's own answers, and answers that belong to
/// somebody else.
/// </summary>
public abstract class FederationContract(FederationFixture eid)
{
    [Fact]
    public async Task The_first_sign_in_asks_is_this_you_and_later_ones_do_not()
    {
        using var browser = eid.NewBrowser();
        var page = await eid.ReturnAsync(browser, "full");
        Assert.True(FederationFixture.IsFirst(page), page.Text);
        Assert.Equal(SignInPageTests.Text("first.title"), page.Heading);
        Assert.Contains("Phạm Văn Đủ", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("999079000009", page.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

        var answer = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        var tokens = await eid.Rp().TokenAsync(eid.Rp().Exchange(answer.Answer["code"]));
        Assert.True((await TestToken.ValidateAsync(eid.Provider, tokens.IdToken, "citizen", "ES256")).IsValid);
        Assert.Equal("Phạm Văn Đủ", (await eid.Rp().UserInfoAsync(tokens.AccessToken)).Json.GetProperty("name").GetString());

        using var later = eid.NewBrowser();
        Assert.NotNull((await eid.ReturnAsync(later, "full")).LeftFor);
    }

    [Fact]
    public async Task A_person_who_says_no_is_not_made_known()
    {
        using var browser = eid.NewBrowser();
        var people = await PeopleAsync();
        var page = await browser.SubmitAsync(await eid.ReturnAsync(browser, "em"), "/first", ("answer", "no"));
        Assert.Equal(SignInPageTests.Text("problem.declined_first.title"), page.Heading);
        ShownError.ReferenceOf(page);
        Assert.Equal(people, await PeopleAsync());
        Assert.Null(browser.Cookies.GetCookies(new Uri(eid.Provider.Issuer))["session"]);
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(page, $"/start/{eid.Connector}")).Status);
    }

    [Fact]
    public async Task F1_An_equal_address_or_name_makes_nobody_the_same_person()
    {
        // The local account "full" and the e-ID of "an" share name and mail; "trung" shares the name; "le-mot" and "le-hai" a phone and a birthday.
        using var local = eid.Provider.NewBrowser();
        var subjects = new List<string> { TestReply.Read((await eid.Rp().TokensAsync(local, "full")).IdToken).Subject };
        foreach (var person in (string[])["an", "trung", "le-mot", "le-hai"]) subjects.Add(await SubjectAsync(person));
        Assert.Equal(subjects.Count, subjects.Distinct().Count());
    }

    [Fact]
    public async Task The_same_person_has_one_identifier_per_sector()
    {
        var first = await SubjectAsync("binh");
        Assert.Equal(first, await SubjectAsync("binh"));
        Assert.NotEqual(first, await SubjectAsync("binh", "other"));
        Assert.Equal(first, await SubjectAsync("binh", changes: ("prompt", "login")));
    }

    [Fact]
    public async Task The_same_person_through_a_second_connector_stays_one_person()
    {
        var first = await SubjectAsync("foreigner");
        using var browser = eid.NewBrowser();
        var page = await browser.SubmitAsync(await eid.Rp().AuthorizeAsync(browser), "/start/second");
        var answer = await FederationFixture.DecideAsync(browser, page, "foreigner");
        Assert.NotNull(answer.LeftFor);
        var tokens = await eid.Rp().TokenAsync(eid.Rp().Exchange(answer.Answer["code"]));
        Assert.Equal(first, TestReply.Read(tokens.IdToken).Subject);
    }

    [Fact]
    public async Task The_same_person_through_either_e_ID_connector_is_one_person_by_number_and_birth_date()
    {
        var first = await SubjectAsync("binh");
        using var browser = eid.NewBrowser();
        var other = eid.Connector == "vneid" ? "vnconnect" : "vneid";
        var page = await browser.SubmitAsync(await eid.Rp().AuthorizeAsync(browser), $"/start/{other}");
        var answer = await FederationFixture.DecideAsync(browser, page, "binh");
        Assert.True(answer.LeftFor is not null, answer.Text);
        var tokens = await eid.Rp().TokenAsync(eid.Rp().Exchange(answer.Answer["code"]));
        Assert.Equal(first, TestReply.Read(tokens.IdToken).Subject);
    }

    [Fact]
    public async Task An_organisations_account_is_no_person()
    {
        using var browser = eid.NewBrowser();
        var people = await PeopleAsync();
        await IsProblemAsync(await eid.ReturnAsync(browser, "doanhnghiep"), "organisation_account", "OrganisationAccount");
        Assert.Equal(people, await PeopleAsync());
    }

    [Fact]
    public async Task A_person_of_level_01_is_told_how_to_reach_level_02_and_the_application_gets_nothing()
    {
        using var browser = eid.NewBrowser();
        await eid.TokensAsync(browser, "dung");
        using var other = eid.NewBrowser();
        var page = await eid.ReturnAsync(other, "dung", client: "strict");
        await IsProblemAsync(page, "level_too_low", "LevelTooLow");
        Assert.Equal("access_denied", (await other.SubmitAsync(page, "/cancel")).Answer["error"]);
    }

    [Fact]
    public async Task A_person_who_cancels_at_the_e_ID_sees_a_calm_page_and_may_try_again()
    {
        using var browser = eid.NewBrowser();
        var page = await browser.SubmitAsync(await eid.ToEidAsync(browser), "/authorize/decision", ("action", "cancel"));
        await IsProblemAsync(page, "cancelled", "Cancelled");
        Assert.Null(page.Document.QuerySelector(".note.bad, .note.warn"));

        var again = await FederationFixture.DecideAsync(browser, await browser.SubmitAsync(page, $"/start/{eid.Connector}"), "noemail");
        Assert.True(FederationFixture.IsFirst(again) || again.LeftFor is not null, again.Text);
    }

    [Fact]
    public async Task F5_L11_An_answer_delivered_to_another_browser_signs_nobody_in()
    {
        using var attacker = new TestBrowser(eid.Provider.Issuer);
        using var victim = eid.NewBrowser();
        await eid.Rp().AuthorizeAsync(victim);
        var callback = await CallbackAsync("le-mot");
        var page = await victim.GetAsync(callback.AbsoluteUri);
        Assert.Equal(SignInPageTests.Text("problem.wrong_browser.title"), page.Heading);
        ShownError.ReferenceOf(page);
        Assert.Null(victim.Cookies.GetCookies(new Uri(eid.Provider.Issuer))["session"]);
    }

    [Fact]
    public async Task F5_A_replayed_answer_goes_on_where_it_was_and_starts_no_second_session()
    {
        using var browser = eid.NewBrowser();
        var (callback, _) = await StoppedAtCallbackAsync(browser, "le-hai");
        var first = await FederationFixture.ArriveAsync(browser, await browser.GetAsync(callback.AbsoluteUri));
        var again = await FederationFixture.ArriveAsync(browser, await browser.GetAsync(callback.AbsoluteUri));
        if (first.LeftFor is null) Assert.Equal(first.Address, again.Address);
        if (FederationFixture.IsFirst(first)) first = await browser.SubmitAsync(first, "/first", ("answer", "yes"));
        Assert.NotNull(first.LeftFor);
        var session = browser.Cookies.GetCookies(new Uri(eid.Provider.Issuer))["session"]!.Value;

        var late = await browser.GetAsync(callback.AbsoluteUri);

        Assert.Equal(HttpStatusCode.OK, late.Status);
        Assert.Null(late.LeftFor);
        Assert.Equal(session, browser.Cookies.GetCookies(new Uri(eid.Provider.Issuer))["session"]!.Value);
    }

    [Fact]
    public async Task F5_The_answer_for_one_connector_is_worth_nothing_at_anothers_address()
    {
        using var browser = eid.NewBrowser();
        var (callback, _) = await StoppedAtCallbackAsync(browser, "an");
        var moved = callback.AbsoluteUri.Replace($"/login/callback/{eid.Connector}", "/login/callback/second", StringComparison.Ordinal);
        await ShownError.AssertAsync(eid.Provider, await browser.GetAsync(moved), "signin.stray_answer");
        await ShownError.AssertAsync(eid.Provider, await browser.GetAsync(callback.AbsoluteUri.Replace($"callback/{eid.Connector}", "callback/nonsense", StringComparison.Ordinal)), "signin.stray_answer");
    }

    [Theory]
    [InlineData("?code=abc")]
    [InlineData("?code=abc&state=")]
    [InlineData("?code=abc&state=unknown")]
    [InlineData("?code=abc&state=one&state=two")]
    [InlineData("?error=access_denied&state=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("")]
    public async Task F5_An_answer_that_fits_nothing_is_shown_and_leads_nowhere(string query)
    {
        using var browser = eid.NewBrowser();
        await eid.Rp().AuthorizeAsync(browser);
        var page = await browser.GetAsync($"/login/callback/{eid.Connector}{query}");
        await ShownError.AssertAsync(eid.Provider, page, "signin.stray_answer");
        Assert.Empty(page.Document.Scripts);
    }

    [Theory]
    [InlineData("&state=two")]
    [InlineData("&iss=https%3A%2F%2Fevil.example")]
    [InlineData("&code=another")]
    [InlineData("&error=access_denied")]
    public async Task F5_An_answer_that_was_touched_on_the_way_signs_nobody_in(string touched)
    {
        using var browser = eid.NewBrowser();
        var (callback, _) = await StoppedAtCallbackAsync(browser, "an");
        var page = await FederationFixture.ArriveAsync(browser, await browser.GetAsync(callback.AbsoluteUri + touched));
        Assert.Null(page.LeftFor);
        Assert.False(FederationFixture.IsFirst(page));
        Assert.Null(browser.Cookies.GetCookies(new Uri(eid.Provider.Issuer))["session"]);
    }

    [Fact]
    public async Task Two_tabs_that_return_at_once_make_one_person()
    {
        using var browser = eid.NewBrowser();
        var pages = new[] { await eid.ReturnAsync(browser, "dai"), await eid.ReturnAsync(browser, "dai") };
        Assert.All(pages, p => Assert.True(FederationFixture.IsFirst(p), p.Text));
        var answers = await Task.WhenAll(pages.Select(p => browser.SubmitAsync(p, "/first", ("answer", "yes"))));
        Assert.All(answers, a => Assert.NotNull(a.LeftFor));
        var subjects = new HashSet<string>();
        foreach (var answer in answers) subjects.Add(TestReply.Read((await eid.Rp().TokenAsync(eid.Rp().Exchange(answer.Answer["code"]))).IdToken).Subject);
        Assert.Single(subjects);
    }

    private async Task IsProblemAsync(TestPage page, string text, string reason)
    {
        Assert.True(FederationFixture.IsProblem(page), $"{page.Address} {page.Text}");
        Assert.Equal(SignInPageTests.Text($"problem.{text}.title", ("eid", NameOfEid)), page.Heading);
        var reference = ShownError.ReferenceOf(page);
        var row = await eid.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(e => e.Reference == reference));
        Assert.Equal((reason, eid.Connector), (row.Reason, row.Connector));
    }

    private async Task<string> SubjectAsync(string person, string client = "citizen", params (string Name, string? Value)[] changes)
    {
        using var browser = eid.NewBrowser();
        return TestReply.Read((await eid.TokensAsync(browser, person, client, changes)).IdToken).Subject;
    }

    private async Task<Uri> CallbackAsync(string person)
    {
        using var browser = eid.NewBrowser();
        return (await StoppedAtCallbackAsync(browser, person)).Callback;
    }

    /// <summary>Takes the e-ID's answer out of its redirect before our server has seen it.</summary>
    private async Task<(Uri Callback, TestPage Eid)> StoppedAtCallbackAsync(TestBrowser browser, string person)
    {
        var page = await eid.ToEidAsync(browser, changes: ("prompt", "login"));
        var request = page.Document.QuerySelector("input[name=request]")!.GetAttribute("value")!;
        using var reply = await eid.Sandbox.Browser.PostAsync(new Uri(page.Address, page.Forms[0].GetAttribute("action")), new FormUrlEncodedContent(new Dictionary<string, string>
            { ["request"] = request, ["person"] = person }));
        return (reply.Headers.Location!, page);
    }

    private string NameOfEid => eid.Connector == "vneid" ? "VNeID (kết nối trực tiếp)" : "VNeID";

    private Task<int> PeopleAsync() => eid.Provider.InDatabaseAsync(db => db.People.CountAsync());
}
