using Identity.Domain.Failures;
using Identity.Tests.Harness;
using Identity.Tests.Linking;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Failures;

/// <summary>Linking that does not come about, and sign-ins that come back in another browser: a code on the page, and the steps behind it.</summary>
public sealed class LinkingStepTests(LinkingFixture site) : IClassFixture<LinkingFixture>
{
    [Fact]
    public async Task Every_way_in_which_adding_a_door_fails_has_its_code_and_its_step()
    {
        using var browser = await site.SignedInAsync("an");
        await site.SubjectAsync("le-hai");
        // The proof of another person; then another number, at the door that is added.
        await AssertAsync(await site.ThroughAsync(browser, await LinkingFixture.AddAsync(browser), LinkingFixture.Eid, "le-hai"), "ProvedAnother", client: null);
        await AssertAsync(await site.ThroughAsync(browser, await site.ProvedAsync(browser, "an"), LinkingFixture.Weak, "le-hai"), "NumberMismatch", client: null);
    }

    [Theory, InlineData("later", "OwnershipUnproved"), InlineData("no", "DeclinedFirst")]
    public async Task An_old_account_that_is_not_proved_leaves_its_code(string answer, string problem)
    {
        await site.SubjectAsync("binh");
        using var browser = site.NewBrowser();
        var page = await site.ThroughAsync(browser, await site.Rp().AuthorizeAsync(browser), LinkingFixture.Weak, "binh");
        Assert.EndsWith("/confirm", page.Address.AbsolutePath, StringComparison.Ordinal);
        await AssertAsync(await browser.SubmitAsync(page, "/confirm", ("answer", answer)), problem, "hall");
    }

    [Fact]
    public async Task Who_comes_back_in_another_browser_reads_a_code_and_the_first_browser_goes_on()
    {
        using var first = site.NewBrowser();
        using var second = site.NewBrowser();
        var chooser = await site.Rp().AuthorizeAsync(first);
        var eid = await first.SubmitAsync(chooser, $"/start/{LinkingFixture.Eid}");
        var callback = await CallbackAsync(eid, "trung");

        var page = await second.GetAsync(callback.AbsoluteUri);

        Assert.Equal(SignInPageTests.Text("problem.wrong_browser.title"), page.Heading);
        Assert.Contains("Dịch vụ rp", page.Document.Body!.TextContent, StringComparison.Ordinal);
        var reference = ShownError.ReferenceOf(page);
        var report = await PeopleStepTests.LookUpAsync(site.Provider, reference);
        Assert.Equal(("WrongBrowser", "hall", LinkingFixture.Eid, FailureFixer.Person), (report.Record!.Problem, report.Record.ClientId, report.Record.Connector, report.Advice.Fixer));
        Assert.Equal([SignInStep.Chosen, SignInStep.Left, SignInStep.Back], report.Steps.Select(s => s.Step));
        Assert.Equal("WrongBrowser", report.Steps[^1].Outcome);
        Assert.Equal("signin.refused", Assert.Single(report.Entries).Name);

        // Loading it again is the same failure; the sign-in itself is where it was.
        Assert.Equal(reference, ShownError.ReferenceOf(await second.GetAsync(page.Address.AbsoluteUri)));
        Assert.Equal(1, await site.Provider.InDatabaseAsync(db => db.FailureRecords.CountAsync(f => f.Reference == reference)));
        Assert.Null(second.Cookies.GetCookies(new Uri(site.Provider.Issuer))["session"]);
        Assert.True(FederationFixture.IsFirst(await FederationFixture.ArriveAsync(first, await first.GetAsync(callback.AbsoluteUri))));
    }

    [Theory, InlineData("no-such-request"), InlineData("%22%3E%3Cscript%3E")]
    public async Task A_sign_in_that_never_was_has_nothing_to_tell(string request)
    {
        var before = await site.Provider.InDatabaseAsync(db => db.FailureRecords.CountAsync());
        using var browser = site.NewBrowser();
        var page = await browser.GetAsync($"/login/{request}/problem");
        Assert.EndsWith("/expired", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".ref"));
        Assert.Equal(before, await site.Provider.InDatabaseAsync(db => db.FailureRecords.CountAsync()));
    }

    private async Task AssertAsync(TestPage page, string problem, string? client)
    {
        var report = await PeopleStepTests.LookUpAsync(site.Provider, ShownError.ReferenceOf(page));
        Assert.Equal((FailureEnding.Problem, problem, client), (report.Record!.Ending, report.Record.Problem, report.Record.ClientId));
        Assert.Equal((SignInStep.Linked, problem), (report.Steps[^1].Step, report.Steps[^1].Outcome));
    }

    private async Task<Uri> CallbackAsync(TestPage eid, string person)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var request = eid.Document.QuerySelector("input[name=request]")!.GetAttribute("value")!;
        using var reply = await http.PostAsync($"{site.EidUrl}/oauth2/authorize/decision", new FormUrlEncodedContent(new Dictionary<string, string> { ["request"] = request, ["person"] = person }));
        return reply.Headers.Location!;
    }
}
