using Identity.Tests.Harness;
using Identity.Tests.Oidc;

namespace Identity.Tests.Login;

/// <summary>Nothing about a person leaves before the person has seen it, and nothing that was left out leaves at all.</summary>
public sealed class ReleaseTests
{
    private const string Client = "rp-release";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_not_ticked_is_not_released(Engine engine)
    {
        using var visit = await VisitAsync(engine);
        var page = await visit.AskAsync();
        Assert.Equal(["email"], Optional(page));

        var claims = await visit.ClaimsAsync(await Answer(visit, page, "agree"));

        Assert.Equal("Nguyễn Thị Ẩn", claims.GetProperty("name").GetString());
        Assert.False(claims.TryGetProperty("email", out _) || claims.TryGetProperty("email_verified", out _));
    }

    [Fact]
    public async Task What_is_ticked_is_released_with_its_flag()
    {
        using var visit = await VisitAsync();
        var claims = await visit.ClaimsAsync(await Answer(visit, await visit.AskAsync(), "agree", "email"));
        Assert.Equal("an@mau.example", claims.GetProperty("email").GetString());
        Assert.True(claims.GetProperty("email_verified").GetBoolean());
    }

    [Fact]
    public async Task Nothing_is_ticked_beforehand_and_both_answers_are_buttons()
    {
        using var visit = await VisitAsync();
        var page = await visit.AskAsync();
        Assert.DoesNotContain(page.Document.QuerySelectorAll("input[type=checkbox]"), box => box.HasAttribute("checked"));
        Assert.Equal(["agree", "refuse"], page.Document.QuerySelectorAll("form[action$='/release'] button[name=answer]").Select(b => b.GetAttribute("value")));
        Assert.Contains("Nguyễn Thị Ẩn", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task O35_A_name_that_the_page_did_not_offer_cannot_be_agreed_to()
    {
        using var visit = await VisitAsync();
        var claims = await visit.ClaimsAsync(await Answer(visit, await visit.AskAsync(), "agree", "phone_number", "vn_pin", "sub"));
        Assert.False(claims.TryGetProperty("phone_number", out _) || claims.TryGetProperty("vn_pin", out _) || claims.TryGetProperty("email", out _));
    }

    [Fact]
    public async Task A_refusal_is_access_denied_and_is_not_remembered()
    {
        using var visit = await VisitAsync();
        ShownError.AssertSent(visit.Provider, await Answer(visit, await visit.AskAsync(), "refuse"), "access_denied", "https://rp-release.example/cb");
        Assert.True(IsRelease(await visit.AskAsync()));
    }

    [Fact]
    public async Task An_answer_is_remembered_with_what_was_left_out()
    {
        using var visit = await VisitAsync();
        await Answer(visit, await visit.AskAsync(), "agree");
        var again = await visit.AskAsync();
        Assert.False((await visit.ClaimsAsync(again)).TryGetProperty("email", out _));
        Assert.True((await visit.Rp.AuthorizeAsync(visit.Browser, ("scope", "openid profile email"), ("prompt", "none"))).Answer.ContainsKey("code"));
        // Less than was agreed to needs no page; asking again can be asked for.
        Assert.NotNull((await visit.AskAsync("openid profile")).LeftFor);
        Assert.True(IsRelease(await visit.AskAsync(changes: ("prompt", "consent"))));
    }

    [Fact]
    public async Task Asking_for_more_shows_the_page_again()
    {
        using var visit = await VisitAsync();
        await Answer(visit, await visit.AskAsync(), "agree", "email");
        Assert.Equal("consent_required", (await visit.Rp.AuthorizeAsync(visit.Browser, ("scope", "openid profile email phone"), ("prompt", "none"))).Answer["error"]);

        var page = await visit.AskAsync("openid profile email phone");

        Assert.True(IsRelease(page));
        Assert.Equal(["email", "phone_number"], Optional(page).Order());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_withdrawal_ends_the_tokens_and_the_page_comes_again(Engine engine)
    {
        using var visit = await VisitAsync(engine);
        var answer = await Answer(visit, await visit.AskAsync("openid profile offline_access"), "agree");
        var tokens = await visit.Rp.TokenAsync(visit.Rp.Exchange(answer.Answer["code"]));

        await visit.Browser.SubmitAsync(await visit.Browser.GetAsync("/account/services"), "/account/services");

        Assert.Equal(401, (await visit.Rp.UserInfoAsync(tokens.AccessToken)).Status);
        Assert.Equal("invalid_grant", (await visit.Rp.TokenAsync(visit.Rp.Refresh(tokens.RefreshToken))).Error);
        Assert.True(IsRelease(await visit.AskAsync("openid profile offline_access")));
    }

    [Fact]
    public async Task The_answer_of_one_person_is_not_given_for_another()
    {
        using var visit = await VisitAsync();
        var shownToOne = await visit.AskAsync();
        var two = await Someone.NewAsync(visit.Provider);
        await TestRelyingParty.Of(visit.Provider).CodeAsync(visit.Browser, two, ("prompt", "login"));

        var answer = await Answer(visit, shownToOne, "agree", "email");

        Assert.True(IsRelease(answer), "the second person has seen nothing yet");
        Assert.Null(answer.LeftFor);
    }

    [Fact]
    public async Task A_double_click_agrees_once()
    {
        using var visit = await VisitAsync();
        var page = await visit.AskAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Answer(visit, page, "agree")));
        Assert.Single(answers, a => a.LeftFor is not null);
        Assert.All(answers.Where(a => a.LeftFor is null), a => Assert.Equal(System.Net.HttpStatusCode.OK, a.Status));
    }

    private static bool IsRelease(TestPage page) => page.Forms.Any(f => f.Action.EndsWith("/release", StringComparison.Ordinal));

    private static IEnumerable<string> Optional(TestPage page) => page.Document.QuerySelectorAll("input[name=optional]").Select(box => box.GetAttribute("value")!);

    private static Task<TestPage> Answer(Visit visit, TestPage page, string answer, params string[] ticked) =>
        visit.Browser.SubmitAsync(page, "/release", [("answer", answer), .. ticked.Select(t => ("optional", t))]);

    private static async Task<Visit> VisitAsync(Engine engine = Engine.Sqlite)
    {
        var provider = await TestProvider.SharedAsync(engine);
        return new Visit(provider, await Someone.NewAsync(provider));
    }

    /// <summary>A new person in a new browser.</summary>
    private sealed class Visit(TestProvider provider, string user) : IDisposable
    {
        public TestProvider Provider => provider;
        public TestBrowser Browser { get; } = provider.NewBrowser();
        public TestRelyingParty Rp { get; } = TestRelyingParty.Of(provider, Client);

        /// <summary>The release page, or the answer when none is due.</summary>
        public async Task<TestPage> AskAsync(string scope = "openid profile email", params (string Name, string? Value)[] changes)
        {
            var page = await Rp.AuthorizeAsync(Browser, [("scope", scope), .. changes]);
            return Someone.AsksForPassword(page) ? await Someone.SignInAsync(Browser, page, user) : page;
        }

        public async Task<System.Text.Json.JsonElement> ClaimsAsync(TestPage answer)
        {
            var tokens = await Rp.TokenAsync(Rp.Exchange(answer.Answer["code"]));
            return (await Rp.UserInfoAsync(tokens.AccessToken)).Json;
        }

        public void Dispose() => Browser.Dispose();
    }
}
