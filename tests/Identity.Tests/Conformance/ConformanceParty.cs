using System.Net.Http.Headers;
using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>
/// The relying party as the certification suite plays it: asks without PKCE and for no more than <c>openid</c>, and judges whatever
/// comes back against its last request.
/// </summary>
public sealed class ConformanceParty(TestProvider provider, TestRelyingParty rp, string? responseMode = null)
{
    // Characters that a server must carry through pages and forms unharmed.
    private const string State = "state/1+2=3 & \"4\"";

    private readonly string _nonce = Guid.NewGuid().ToString("N");
    private Dictionary<string, string> _asked = [];

    public TestProvider Provider => provider;
    public string ClientId => rp.ClientId;
    public string RedirectUri => rp.RedirectUri;

    public Dictionary<string, string> Request(params (string Name, string? Value)[] changes) => _asked = rp.Request(
        [("code_challenge", null), ("code_challenge_method", null), ("scope", "openid"), ("response_mode", responseMode), ("state", State), ("nonce", _nonce), .. changes]);

    /// <summary>The first page, or the answer when no page is due.</summary>
    public Task<TestPage> AskAsync(TestBrowser browser, params (string Name, string? Value)[] changes) => browser.GetAsync(TestRelyingParty.Address(Request(changes)));

    /// <summary>Fills in the sign-in page as the suite's browser does: two fields by name, one button.</summary>
    public async Task<TestPage> SignInAsync(TestBrowser browser, TestPage page)
    {
        PageChecks.IsSignIn(page, RedirectUri);
        page = await browser.SubmitAsync(page, "/password", ("username", "full"), ("password", TestProvider.Password));
        return await TestRelyingParty.AgreeAsync(browser, page);
    }

    /// <summary>Asks in a browser where nobody has signed in yet; returns the judged tokens.</summary>
    public async Task<ConformanceTokens> TokensAsync(TestBrowser browser, params (string Name, string? Value)[] changes) =>
        await RedeemAsync(Answer(await SignInAsync(browser, await AskAsync(browser, changes))));

    /// <summary>Asks in a browser where somebody is signed in; no page may come up.</summary>
    public async Task<ConformanceTokens> SilentTokensAsync(TestBrowser browser, params (string Name, string? Value)[] changes) =>
        await RedeemAsync(Answer(await AskAsync(browser, changes)));

    /// <summary>What reached the redirect URI, the way this plan's response mode says.</summary>
    public IReadOnlyDictionary<string, string> Answer(TestPage page)
    {
        if (responseMode == "form_post") PageChecks.IsFormFor(page, RedirectUri);
        else Assert.Equal(RedirectUri, page.LeftFor?.GetLeftPart(UriPartial.Path));
        Assert.Equal(_asked.GetValueOrDefault("state"), page.Answer.GetValueOrDefault("state"));
        Assert.Equal(provider.Issuer, page.Answer["iss"]);
        return page.Answer;
    }

    public string Error(TestPage page)
    {
        var answer = Answer(page);
        Assert.DoesNotContain("code", answer.Keys);
        return answer["error"];
    }

    public async Task<ConformanceTokens> RedeemAsync(IReadOnlyDictionary<string, string> answer)
    {
        Assert.True(answer.ContainsKey("code"), string.Join(' ', answer.Values));
        return await TokenChecks.JudgeAsync(provider, ClientId, await ExchangeAsync(answer["code"]), _asked.GetValueOrDefault("nonce"));
    }

    public Task<TestReply> ExchangeAsync(string code) =>
        rp.TokenAsync(rp.Exchange(code, ("code_verifier", _asked.ContainsKey("code_challenge") ? TestRelyingParty.Verifier : null)));

    public Task<TestReply> RefreshAsync(string token) => rp.TokenAsync(rp.Refresh(token));

    public Task<TestReply> UserInfoAsync(string accessToken) => rp.UserInfoAsync(accessToken);

    public async Task<TestReply> UserInfoByPostAsync(string? headerToken, string? bodyToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/userinfo");
        if (headerToken is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", headerToken);
        if (bodyToken is not null) request.Content = new FormUrlEncodedContent([new("access_token", bodyToken)]);
        return await TestReply.ReadAsync(await provider.Http.SendAsync(request));
    }
}
