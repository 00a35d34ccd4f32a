using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>Authorization requests (OpenID Connect Core §3.1.2.1): what must be accepted, and the one address that must not be.</summary>
public abstract partial class OidccBasicModules
{
    [Fact]
    public async Task oidcc_alternate_happy_flow()
    {
        var (party, browser) = await StartAsync();
        var reversed = party.Request(("scope", "email openid")).Reverse();
        var page = await party.SignInAsync(browser, await browser.GetAsync(TestRelyingParty.Address(reversed)));
        await party.RedeemAsync(party.Answer(page));
    }

    [Fact]
    public Task oidcc_display_page() => IsAcceptedAsync("display", "page");

    [Fact]
    public Task oidcc_display_popup() => IsAcceptedAsync("display", "popup");

    [Fact]
    public Task oidcc_ensure_request_with_unknown_parameter_succeeds() => IsAcceptedAsync("extra", "foobar");

    [Fact]
    public Task oidcc_claims_locales() => IsAcceptedAsync("claims_locales", "se");

    [Fact]
    public async Task oidcc_login_hint()
    {
        var (party, browser) = await StartAsync();
        var page = await party.AskAsync(browser, ("login_hint", "full@conformance.example"));
        Assert.Equal("full@conformance.example", page.Document.QuerySelector<IHtmlInputElement>("input[name=username]")!.Value);
        await party.RedeemAsync(party.Answer(await party.SignInAsync(browser, page)));
    }

    [Fact]
    public async Task oidcc_ui_locales()
    {
        foreach (var (wish, language) in (IEnumerable<(string, string)>)[("se", "vi"), ("vi", "vi"), ("en", "en"), ("fr-CA en-GB vi", "en")])
        {
            var (party, browser) = await StartAsync();
            var page = await party.AskAsync(browser, ("ui_locales", wish));
            Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            Assert.Contains(language == "vi" ? "Mật khẩu" : "Password", page.Text, StringComparison.Ordinal);
            await party.RedeemAsync(party.Answer(await party.SignInAsync(browser, page)));
        }
    }

    [Fact]
    public async Task oidcc_ensure_request_with_acr_values_succeeds()
    {
        var (party, browser) = await StartAsync();
        var offered = (await Metadata.ReadAsync(party.Provider)).Strings("acr_values_supported");
        var tokens = await party.TokensAsync(browser, ("acr_values", string.Join(' ', offered.Concat(["1", "2"]))));
        Assert.Contains(tokens.IdToken.GetPayloadValue<string>("acr"), offered);
    }

    [Fact]
    public async Task oidcc_ensure_registered_redirect_uri()
    {
        var (party, browser) = await StartAsync();
        foreach (var address in (string[])[party.RedirectUri + "/other", party.RedirectUri + "?added=yes", "https://attacker.example/callback"])
            PageChecks.IsErrorPage(await party.AskAsync(browser, ("redirect_uri", address)), address);
    }

    [Fact]
    public async Task oidcc_ensure_post_request_succeeds()
    {
        var (party, browser) = await StartAsync();
        var page = await browser.PostAsync("/connect/authorize", party.Request());
        await party.RedeemAsync(party.Answer(await party.SignInAsync(browser, page)));
    }

    private async Task IsAcceptedAsync(string parameter, string value)
    {
        var (party, browser) = await StartAsync();
        await party.TokensAsync(browser, (parameter, value));
    }
}
