using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>
/// The modules of the basic plan, each named as the certification suite names it (with <c>_</c> for <c>-</c>) and checking what the
/// suite checks, for a client with the <c>compatible</c> profile. This part: the flow itself.
/// </summary>
public abstract partial class OidccBasicModules(string? responseMode) : IDisposable
{
    private readonly List<TestBrowser> _browsers = [];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task oidcc_server(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        await HappyFlowAsync(Party(provider));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task oidcc_server_client_secret_post(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        await HappyFlowAsync(new ConformanceParty(provider, TestRelyingParty.ConformancePost(provider), responseMode));
    }

    [Fact]
    public async Task oidcc_response_type_missing()
    {
        var (party, browser) = await StartAsync();
        Assert.Contains(party.Error(await party.AskAsync(browser, ("response_type", null))), (string[])["unsupported_response_type", "invalid_request"]);
    }

    [Fact]
    public async Task oidcc_idtoken_signature()
    {
        var (party, browser) = await StartAsync();
        var tokens = await party.TokensAsync(browser);
        Assert.Equal("RS256", tokens.IdToken.Alg);
        Assert.NotEmpty(tokens.IdToken.Kid);
    }

    /// <summary>Skipped by the suite unless <c>none</c> is advertised; ours is not, and no ID token comes without a signature.</summary>
    [Fact]
    public async Task oidcc_idtoken_unsigned()
    {
        var (party, browser) = await StartAsync();
        var algorithms = (await Metadata.ReadAsync(party.Provider)).Strings("id_token_signing_alg_values_supported");
        Assert.DoesNotContain("none", algorithms);
        Assert.NotEmpty((await party.TokensAsync(browser)).IdToken.EncodedSignature);
    }

    [Fact]
    public async Task oidcc_ensure_request_without_nonce_succeeds_for_code_flow()
    {
        var (party, browser) = await StartAsync();
        Assert.DoesNotContain((await party.TokensAsync(browser, ("nonce", null))).IdToken.Claims, c => c.Type == "nonce");
    }

    [Fact]
    public async Task oidcc_ensure_request_with_valid_pkce_succeeds()
    {
        var (party, browser) = await StartAsync();
        await party.TokensAsync(browser, ("code_challenge", TestRelyingParty.Challenge), ("code_challenge_method", "S256"));
    }

    public void Dispose()
    {
        foreach (var browser in _browsers) browser.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task HappyFlowAsync(ConformanceParty party)
    {
        var browser = NewBrowser(party.Provider);
        var answer = party.Answer(await party.SignInAsync(browser, await party.AskAsync(browser)));
        IsHardToGuess(answer["code"]);
        var tokens = await party.RedeemAsync(answer);

        var userInfo = await party.UserInfoAsync(tokens.Reply.AccessToken);
        Assert.Equal("application/json", userInfo.ContentType);
        // Nothing was asked for, so nothing comes but who it is.
        Assert.Equal(tokens.Subject, Assert.Single(userInfo.Json.EnumerateObject(), c => c.Name == "sub").Value.GetString());
        Assert.Single(userInfo.Json.EnumerateObject());

        var second = party.Answer(await party.AskAsync(browser));
        Assert.NotEqual(answer["code"], second["code"]);
    }

    /// <summary>RFC 6749 §10.10 wants 128 bits; what the characters themselves show of them must be most of that.</summary>
    private static void IsHardToGuess(string code)
    {
        Assert.All(code, TokenChecks.IsVisible);
        var bits = code.GroupBy(c => c).Sum(g => -g.Count() * Math.Log2((double)g.Count() / code.Length));
        Assert.True(bits >= 96, $"{bits:0} bits in {code.Length} characters");
    }

    private ConformanceParty Party(TestProvider provider) => new(provider, TestRelyingParty.Conformance(provider), responseMode);

    private async Task<(ConformanceParty Party, TestBrowser Browser)> StartAsync()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        return (Party(provider), NewBrowser(provider));
    }

    private TestBrowser NewBrowser(TestProvider provider)
    {
        _browsers.Add(provider.NewBrowser());
        return _browsers[^1];
    }
}
