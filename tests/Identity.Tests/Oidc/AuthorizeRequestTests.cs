using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Oidc;

/// <summary>A good authorization request with one thing changed.</summary>
public sealed class AuthorizeRequestTests
{
    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "s256", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid_request")]
    [InlineData("code_challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid_request")]
    [InlineData("code_challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "invalid_request")]
    public Task O5_Proof_of_possession_cannot_be_left_out_or_weakened(string name, string? value, string error) => IsSentAsync(error, (name, value));

    [Fact]
    public Task O5_Neither_challenge_nor_method_is_refused_too() =>
        IsSentAsync("invalid_request", ("code_challenge", null), ("code_challenge_method", null));

    [Theory]
    [InlineData("nonce", null, "invalid_request")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "openid address", "invalid_scope")]
    [InlineData("scope", "openid vn_pin", "invalid_scope")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "none consent", "invalid_request")]
    [InlineData("prompt", "create", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("max_age", "99999999999999999999", "invalid_request")]
    [InlineData("claims", "{", "invalid_request")]
    [InlineData("claims", "[]", "invalid_request")]
    [InlineData("claims", "{\"id_token\":{\"\\ud800\":null}}", "invalid_request")]
    [InlineData("claims", "{\"userinfo\":{\"name\":{\"value\":\"\\udc00\"}}}", "invalid_request")]
    [InlineData("claims", "{\"userinfo\":{\"name\":1}}", "invalid_request")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("response_mode", "web_message", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "http://169.254.169.254/", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    [InlineData("id_token_hint", "a.b.c", "invalid_request")]
    public Task A_proven_address_gets_the_error_with_state_and_issuer(string name, string? value, string error) => IsSentAsync(error, (name, value));

    [Theory]
    [InlineData("token")]
    [InlineData("id_token")]
    [InlineData("id_token token")]
    [InlineData("code id_token")]
    [InlineData("code token")]
    [InlineData("none")]
    [InlineData("CODE")]
    public Task O33_Only_the_code_flow_exists(string responseType) => IsSentAsync("unsupported_response_type", ("response_type", responseType));

    [Theory]
    [InlineData("scope", "openid profile nonsense another:one")]
    [InlineData("display", "popup")]
    [InlineData("claims_locales", "vi en")]
    [InlineData("unheard_of", "value")]
    [InlineData("acr_values", "urn:nobody:knows urn:vn:eid:auth:1")]
    [InlineData("claims", "{\"userinfo\":{\"favourite_fish\":{\"essential\":true},\"sub\":null}}")]
    [InlineData("resource", "https://dossiers.anbinh.example")]
    public async Task What_nobody_knows_is_ignored(string name, string value)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var reply = await rp.TokensAsync(browser, changes: (name, value));
        Assert.Equal("openid profile", reply.Json.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("client_id=rp")]
    [InlineData("scope=openid")]
    [InlineData("redirect_uri=https%3A%2F%2Fevil.example%2Fcb")]
    [InlineData("state=two")]
    [InlineData("unheard_of=1&unheard_of=2")]
    public async Task O8_A_repeated_parameter_is_shown_and_sent_nowhere(string extra)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await browser.GetAsync($"{TestRelyingParty.Address(TestRelyingParty.Of(provider).Request())}&{extra}");
        await ShownError.AssertAsync(provider, page);
    }

    [Fact]
    public Task O8_Array_syntax_is_another_parameter() => IsSentAsync("invalid_scope", ("scope", null), ("scope[]", "openid"));

    [Fact]
    public async Task O8_The_address_of_a_posted_request_adds_nothing_to_it()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var request = TestRelyingParty.Of(provider).Request(("client_id", null));
        await ShownError.AssertAsync(provider, await browser.PostAsync("/connect/authorize?client_id=rp", request));
    }

    [Fact]
    public async Task A_posted_request_is_as_good_as_a_link()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await browser.PostAsync("/connect/authorize", TestRelyingParty.Of(provider).Request());
        Assert.Contains(page.Forms, f => f.Action.EndsWith("/password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disabled_application_gets_nothing_and_the_person_is_told()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ClientDocument.Of("rp", client => client["enabled"] = false));
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        await ShownError.AssertAsync(provider, await rp.AuthorizeAsync(browser));
        Assert.Equal("invalid_client", (await rp.TokenAsync(rp.Exchange("any"))).Error);
    }

    [Fact]
    public async Task A_machine_has_no_sign_in()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await ShownError.AssertAsync(provider, await new TestRelyingParty(provider, "api", "https://rp.example/cb").AuthorizeAsync(browser));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_longest_allowed_state_and_nonce_come_back_letter_for_letter(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var (state, nonce) = (new string('s', 1_990) + "\"'<>&+ %ạ", new string('n', 990) + "\"'<>&+ %");

        var answer = (await rp.SignInAsync(browser, changes: [("state", state), ("nonce", nonce)])).Answer;

        Assert.Equal(state, answer["state"]);
        var idToken = (await rp.TokenAsync(rp.Exchange(answer["code"]))).IdToken;
        Assert.Equal(nonce, TestReply.Read(idToken).GetClaim("nonce").Value);
    }

    [Fact]
    public async Task A_refused_request_leaves_one_audit_row()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var before = await RefusalsAsync();
        await IsSentAsync("unsupported_response_type", ("response_type", "token"), ("client_id", "rp-grace"), ("redirect_uri", "https://rp-grace.example/cb"));
        Assert.Equal(before + 1, await RefusalsAsync());

        Task<int> RefusalsAsync() => provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "authorize.refused" && e.ClientId == "rp-grace"));
    }

    private static async Task IsSentAsync(string error, params (string Name, string? Value)[] changes)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var redirectUri = changes.FirstOrDefault(c => c.Name == "redirect_uri").Value ?? "https://rp.example/cb";
        ShownError.AssertSent(provider, await TestRelyingParty.Of(provider).AuthorizeAsync(browser, changes), error, redirectUri);
    }
}
