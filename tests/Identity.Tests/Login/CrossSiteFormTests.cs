using System.Net;
using AngleSharp.Html.Dom;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;

namespace Identity.Tests.Login;

/// <summary>Forms of ours that another site makes a browser send, with everything right but where they come from.</summary>
public sealed class CrossSiteFormTests
{
    [Theory]
    [InlineData("cross-site", false)]
    [InlineData("same-site", false)]
    [InlineData("anything-new", false)]
    [InlineData("same-origin", true)]
    [InlineData("none", true)]
    [InlineData(null, true)]
    public async Task L11_Somebody_elses_name_and_password_are_not_signed_in_from_another_site(string? site, bool isOurs)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        Say(browser, site);

        var answer = await Someone.SignInAsync(browser, page, "lan");

        if (isOurs) Assert.True(answer.Answer.ContainsKey("code"));
        else await IsRefusedAsync(provider, browser, answer, signedIn: false);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task L11_No_form_of_the_account_or_of_a_sign_out_works_from_another_site(string site)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await TestRelyingParty.Of(provider).TokensAsync(browser);
        var pages = new List<TestPage>();
        foreach (var path in (string[])["/account", "/account/sessions", "/account/services", "/connect/endsession"]) pages.Add(await browser.GetAsync(path));
        Say(browser, site);

        var forms = pages.SelectMany(page => page.Forms.Select(form => (page, form))).Where(f => f.form.Method == "post").ToList();
        Assert.True(forms.Count >= 3, "sign-out, services, log-out");
        foreach (var (page, form) in forms)
        {
            var fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Name is not null).Select(i => KeyValuePair.Create(i.Name!, i.Value)).Append(new("scope", "all"));
            await IsRefusedAsync(provider, browser, await browser.PostAsync(new Uri(page.Address, form.GetAttribute("action") ?? "").AbsoluteUri, fields), signedIn: true);
        }
    }

    [Fact]
    public async Task L11_What_the_protocol_lets_other_sites_post_is_not_touched()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        Say(browser, "cross-site");
        Assert.True(Someone.AsksForPassword(await browser.PostAsync("/connect/authorize", TestRelyingParty.Of(provider).Request())));
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/connect/endsession", [])).Status);
        // A public client in a browser redeems its code from its own origin.
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/connect/token", new Dictionary<string, string>
            { ["grant_type"] = "authorization_code", ["client_id"] = "spa", ["code"] = "none" })).Status);
    }

    private static void Say(TestBrowser browser, string? site)
    {
        browser.Headers["Accept"] = "text/html";
        if (site is not null) browser.Headers["Sec-Fetch-Site"] = site;
    }

    /// <summary>A page with a code for the help desk, and nobody is signed in or out by it.</summary>
    private static async Task IsRefusedAsync(TestProvider provider, TestBrowser browser, TestPage answer, bool signedIn)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains(provider.Log.Lines, line => line.Contains(ShownError.ReferenceOf(answer), StringComparison.Ordinal));
        var silent = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("prompt", "none"));
        Assert.Equal(signedIn, silent.Answer.ContainsKey("code"));
    }
}
