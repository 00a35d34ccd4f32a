using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Failures;

/// <summary>Sign-ins that nobody cancelled and nothing refused: too late, forgotten, or sent round in a circle.</summary>
public sealed class EndingTests
{
    public static TheoryData<Engine> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public async Task Who_comes_back_too_late_gets_one_code_however_often_they_look(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow));
        using var browser = provider.NewBrowser();
        var chooser = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        provider.Clock!.Advance(TimeSpan.FromMinutes(61));
        var page = await browser.GetAsync(chooser.Address.AbsoluteUri);
        Assert.EndsWith("/expired", page.Address.AbsolutePath, StringComparison.Ordinal);
        var reference = ShownError.ReferenceOf(page);
        Assert.Equal(reference, ShownError.ReferenceOf(await browser.GetAsync(page.Address.AbsoluteUri)));
        var record = await provider.InDatabaseAsync(db => db.FailureRecords.SingleAsync());
        Assert.Equal((FailureEnding.Expired, reference, "rp"), (record.Ending, record.Reference, record.ClientId));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_never_comes_back_leaves_the_steps_taken_and_robots_leave_nothing(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow), b => b.Configuration.AddInMemoryCollection([new("Failures:Retention", "30.00:00:00")]));
        using var browser = provider.NewBrowser();
        await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        await Login.Someone.SignInAsync(browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser), "binh", "a wrong password");
        // A wrong password is a problem that its page still shows; as if the person had closed it.
        await provider.InDatabaseAsync(db => db.PendingAuthentications.ExecuteUpdateAsync(set => set.SetProperty(p => p.Problem, (string?)null)));
        provider.Clock!.Advance(TimeSpan.FromHours(26));
        await CleanAsync(provider);
        var record = await provider.InDatabaseAsync(db => db.FailureRecords.SingleAsync());
        Assert.Equal((FailureEnding.Expired, null, 0), (record.Ending, record.Reference, await provider.InDatabaseAsync(db => db.PendingAuthentications.CountAsync())));
        Assert.Equal("WrongPassword", SignInSteps.Read(record.Steps).Single().Outcome);
        provider.Clock.Advance(TimeSpan.FromDays(31));
        await CleanAsync(provider);
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.FailureRecords.CountAsync()));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_application_that_sends_the_person_back_twice_is_stopped_and_may_try_once_more(Engine engine)
    {
        await using var provider = await StartAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        // Signed in and answered; back, and answered again.
        await rp.TokensAsync(browser);
        Assert.True((await rp.AuthorizeAsync(browser)).Answer.ContainsKey("code"));
        var page = await rp.AuthorizeAsync(browser);
        Assert.Contains("gửi bạn trở lại đây", page.Heading, StringComparison.Ordinal);
        var record = await provider.InDatabaseAsync(db => db.FailureRecords.SingleAsync());
        Assert.Equal((FailureEnding.Bounced, ShownError.ReferenceOf(page)), (record.Ending, record.Reference));
        Assert.Equal([(SignInStep.Answered, "ok"), (SignInStep.Token, "ok"), (SignInStep.App, "Bounced")], SignInSteps.Read(record.Steps).Select(s => (s.Step, s.Outcome)));
        var again = await browser.GetAsync(page.Document.QuerySelector("main a.go")!.GetAttribute("href")!);
        Assert.True(again.Answer.ContainsKey("code"), again.Text);
    }

    [Fact]
    public async Task The_timeline_says_when_the_application_did_not_even_fetch_its_tokens()
    {
        await using var provider = await StartAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        await rp.CodeAsync(browser);
        await rp.AuthorizeAsync(browser);
        await rp.AuthorizeAsync(browser);
        Assert.Contains("=not_fetched", (await provider.InDatabaseAsync(db => db.FailureRecords.SingleAsync())).Steps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_application_a_silent_question_and_a_slow_person_are_no_circle()
    {
        await using var provider = await StartAsync(Engine.Sqlite);
        var (rp, other) = (TestRelyingParty.Of(provider), TestRelyingParty.Of(provider, "rp-two"));
        using var browser = provider.NewBrowser();
        await rp.TokensAsync(browser);
        for (var i = 0; i < 4; i++) Assert.True((await rp.AuthorizeAsync(browser, ("prompt", "none"))).Answer.ContainsKey("code"));
        Assert.True((await rp.AuthorizeAsync(browser)).Answer.ContainsKey("code"));
        Assert.True((await other.AuthorizeAsync(browser)).Answer.ContainsKey("code"));
        Assert.True((await rp.AuthorizeAsync(browser)).Answer.ContainsKey("code"));
        provider.Clock!.Advance(TimeSpan.FromSeconds(11));
        Assert.True((await rp.AuthorizeAsync(browser)).Answer.ContainsKey("code"));
        provider.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.True((await rp.AuthorizeAsync(browser)).Answer.ContainsKey("code"));
    }

    [Theory, InlineData("nonsense"), InlineData("x.1.2"), InlineData("AAAAAAAA.9999999999999999999.9"), InlineData("..")]
    public async Task A_made_up_cookie_breaks_nothing(string value)
    {
        await using var provider = await StartAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await TestRelyingParty.Of(provider).TokensAsync(browser);
        browser.Cookies.Add(new Uri(provider.Issuer), new System.Net.Cookie("answered", value));
        Assert.True((await TestRelyingParty.Of(provider).AuthorizeAsync(browser)).Answer.ContainsKey("code"));
    }

    private static Task<TestProvider> StartAsync(Engine engine) => TestProvider.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow),
        builder => builder.Configuration.AddInMemoryCollection([new("Login:BounceWindow", "00:00:10")]));

    private static async Task CleanAsync(TestProvider provider)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ExpiredRows>().RemoveAsync(CancellationToken.None);
    }
}
