using System.Net;
using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>Rows R1 to R13 of the attack catalogue: the registered address is the only one that ever gets an answer.</summary>
public sealed class RedirectUriAttackTests
{
    [Theory]
    [InlineData("https://rp.example/cb/")]
    [InlineData("https://rp.example/cb/../evil")]
    [InlineData("https://rp.example/cb/..;/evil")]
    [InlineData("https://rp.example/cb%2f..%2fevil")]
    [InlineData("https://rp.example/./cb")]
    [InlineData("https://rp.example//cb")]
    public Task R1_A_path_that_only_resembles_the_registered_one_gets_a_page(string redirectUri) => IsShownAsync(redirectUri);

    [Theory]
    [InlineData("https://rp.example@evil.example/cb")]
    [InlineData("https://rp.example:80@evil.example")]
    [InlineData("https://a@b@evil.example")]
    [InlineData("https://evil.example\\@rp.example/cb")]
    public Task R2_A_host_hidden_behind_user_information_gets_a_page(string redirectUri) => IsShownAsync(redirectUri);

    [Theory]
    [InlineData("https://rp.example.evil.example/cb")]
    [InlineData("https://rp.exampleevil/cb")]
    [InlineData("https://rpxexample/cb")]
    public Task R3_A_host_that_begins_like_the_registered_one_gets_a_page(string redirectUri) => IsShownAsync(redirectUri);

    [Theory]
    [InlineData("https://rp.example/cb?extra=1")]
    [InlineData("https://rp.example/cb?")]
    [InlineData("https://rp.example/cb#part")]
    [InlineData("")]
    public Task R4_An_added_query_or_fragment_or_an_empty_address_gets_a_page(string redirectUri) => IsShownAsync(redirectUri);

    [Theory]
    [InlineData("https://conformance.example/one/callback?kept=no")]
    [InlineData("https://conformance.example/one/callback?kept=yes&more=1")]
    public async Task R4_A_registered_query_is_compared_too(string redirectUri)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await ShownError.AssertAsync(provider, await TestRelyingParty.Conformance(provider).AuthorizeAsync(browser, ("redirect_uri", redirectUri)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/cb", true)]
    [InlineData("http://127.0.0.1:65535/cb", true)]
    [InlineData("http://127.0.0.1/cb", true)]
    [InlineData("http://127.0.0.1:1/other", false)]
    [InlineData("http://127.0.0.1:0x1/cb", false)]
    [InlineData("http://127.0.0.1:99999/cb", false)]
    [InlineData("http://127.0.0.1:1@evil.example/cb", false)]
    [InlineData("https://127.0.0.1:1/cb", false)]
    [InlineData("http://localhost:1/cb", false)]
    [InlineData("http://127.1:1/cb", false)]
    [InlineData("http://[::ffff:127.0.0.1]:1/cb", false)]
    [InlineData("http://2130706433:1/cb", false)]
    public async Task R6_An_application_on_a_device_may_choose_the_port_and_nothing_else(string redirectUri, bool isGood)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await new TestRelyingParty(provider, "native-sample", redirectUri, secret: null).AuthorizeAsync(browser);
        if (isGood) Assert.Contains(page.Forms, f => f.Action.EndsWith("/start/vnconnect", StringComparison.Ordinal));
        else await ShownError.AssertAsync(provider, page);
    }

    [Theory]
    [InlineData("https://RP.example/cb")]
    [InlineData("https://rp.example/CB")]
    [InlineData("https://rp.example/%63b")]
    [InlineData("https://rp.example./cb")]
    [InlineData("https://rp.example:443/cb")]
    [InlineData("https://@rp.example/cb")]
    [InlineData("https://rp.example/\tcb")]
    [InlineData("https://rp.example/cb\n")]
    [InlineData(" https://rp.example/cb")]
    [InlineData("https://rp.example/cb\0")]
    [InlineData("https://rp.example/cb%00")]
    [InlineData("https://rр.example/cb")]
    public Task R7_Equal_to_a_lenient_reader_is_not_equal(string redirectUri) => IsShownAsync(redirectUri);

    [Fact]
    public async Task R7_An_endless_address_is_refused_and_goes_nowhere()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var request = TestRelyingParty.Of(provider).Request(("redirect_uri", "https://rp.example/" + new string('a', 50_000)));
        await ShownError.AssertAsync(provider, await browser.PostAsync("/connect/authorize", request));
    }

    [Theory]
    [InlineData("nobody", "https://evil.example/cb", "none")]
    [InlineData("nobody", "https://rp.example/cb", "none")]
    [InlineData("rp", "https://evil.example/cb", "none")]
    [InlineData("rp", "javascript:alert(1)", "login")]
    public async Task R8_Even_a_silent_request_is_answered_here_when_client_or_address_are_wrong(string client, string redirectUri, string prompt)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("client_id", client), ("redirect_uri", redirectUri), ("prompt", prompt));
        await ShownError.AssertAsync(provider, page);
    }

    [Theory]
    [InlineData("form_post")]
    [InlineData("form_post.jwt")]
    [InlineData("fragment")]
    public async Task R9_No_response_mode_opens_a_way_to_a_foreign_address(string mode)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("redirect_uri", "https://evil.example/cb"), ("response_mode", mode));
        await ShownError.AssertAsync(provider, page);
        Assert.DoesNotContain(page.Forms, f => f.Action.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R12_R13_The_answer_is_a_303_with_a_fragment_of_its_own()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var answer = await TestRelyingParty.Of(provider).SignInAsync(browser);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("#_", answer.LeftFor!.Fragment);
        Assert.StartsWith("https://rp.example/cb?code=", answer.LeftFor.AbsoluteUri, StringComparison.Ordinal);
    }

    private static async Task IsShownAsync(string redirectUri)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await ShownError.AssertAsync(provider, await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("redirect_uri", redirectUri)));
    }
}
