using System.Net;
using Identity.Domain.People;
using Identity.Sandbox.People;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Login;

/// <summary>What a stranger can find out or smuggle in at the sign-in.</summary>
public sealed class AttackedSignInTests
{
    [Fact]
    public async Task L1_Every_kind_of_account_costs_the_same_work_and_looks_the_same()
    {
        var counter = new CountingHasher();
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Services.AddSingleton<IPasswordHasher<LocalAccount>>(counter));
        var (known, suspended) = (await Someone.NewAsync(provider), await Someone.NewAsync(provider));
        await Deed.SuspendAsync(provider, suspended);
        await TryAsync(provider, known, counter);      // the decoy is made at the first attempt of all

        var answers = new Dictionary<string, (int Hashes, int Rows, HttpStatusCode Status, string Headers, int Size, string Heading)>();
        foreach (var (kind, name) in ((string, string)[])[("known", known), ("unknown", "q" + Guid.NewGuid().ToString("N")[..11]), ("suspended", suspended), ("e-ID only", "999079000009")])
            answers[kind] = await TryAsync(provider, name, counter);

        Assert.Single(answers.Values.Distinct());
        Assert.Equal(1, answers["unknown"].Hashes);
        // Suspended with the right password is a wrong password as well.
        using var browser = provider.NewBrowser();
        Assert.True(Someone.AsksForPassword(await Someone.SignInAsync(browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser), suspended)));
    }

    [Fact]
    public async Task L1_A_pause_comes_for_names_that_nobody_has_as_well()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var pauses = new List<string>();
        foreach (var name in (string[])[await Someone.NewAsync(provider), "q" + Guid.NewGuid().ToString("N")[..11]])
        {
            using var browser = provider.NewBrowser();
            var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
            var attempts = 0;
            for (; Someone.AsksForPassword(page); attempts++) page = await Someone.SignInAsync(browser, page, name, "wrong");
            pauses.Add($"{attempts} {page.Heading}");
        }
        Assert.Single(pauses.Distinct());
    }

    [Theory]
    [InlineData("urn:vn:eid:auth:2")]
    [InlineData("urn:vn:eid:auth:3")]
    [InlineData("urn:vn:eid:auth:4")]
    public async Task L6_A_password_never_counts_for_more_than_one_factor(string level)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        await rp.CodeAsync(browser);
        var claims = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"" + level + "\"}}}";
        // Neither silently, nor by signing in again with the same one factor, nor by jumping to the end.
        Assert.Equal("login_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"), ("claims", claims))).Answer["error"]);
        var page = await rp.AuthorizeAsync(browser, ("claims", claims));
        var request = page.Address.AbsolutePath.Split('/')[2];
        Assert.Null((await browser.GetAsync($"/connect/authorize/callback?request={request}")).LeftFor);
        page = await Someone.SignInAsync(browser, page, "lan");
        // Level 2 is reached with a second factor, which lan has yet to set up; nothing of lan's reaches more.
        if (level.EndsWith('2')) Assert.EndsWith("/enrol", page.Address.AbsolutePath, StringComparison.Ordinal);
        else Assert.Equal("unmet_authentication_requirements", page.Answer["error"]);
        var tokens = await rp.TokensAsync(browser, changes: ("acr_values", level));
        Assert.Equal("urn:vn:eid:auth:1", TestReply.Read(tokens.IdToken).GetClaim("acr").Value);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Port", "8443")]
    [InlineData("X-Forwarded-Uri", "/evil")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("X_Forwarded_Host", "evil.example")]
    [InlineData("X_Forwarded_Proto", "https")]
    [InlineData("Forwarded", "for=203.0.113.7;host=evil.example;proto=https")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("X-Host", "evil.example")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    public async Task L9_No_header_of_a_stranger_gets_into_a_page_a_redirect_or_a_cookie(string name, string value)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        browser.Headers[name] = value;
        browser.Headers["X-Forwarded-For"] = "203.0.113.7";
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        Assert.StartsWith(provider.Issuer, page.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page.Html, StringComparison.Ordinal);
        var user = await Someone.NewAsync(provider);
        var answer = await Someone.SignInAsync(browser, page, user);
        Assert.Equal(("rp.example", provider.Issuer), (answer.LeftFor!.Host, answer.Answer["iss"]));
        Assert.DoesNotContain(browser.Cookies.GetAllCookies(), c => c.Secure || c.Domain.Contains("evil", StringComparison.Ordinal));
        var person = await Deed.PersonOfAsync(provider, user);
        Assert.DoesNotContain("203.0.113.7", await provider.InDatabaseAsync(db => db.AuditEvents.Where(e => e.PersonId == person).Select(e => e.Address).ToListAsync()));
    }

    [Fact]
    public async Task L9_An_absolute_request_line_names_no_other_host()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var answer = await RawHttp.SendAsync(provider, $"GET http://evil.example/.well-known/openid-configuration HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("evil.example", answer, StringComparison.Ordinal);
        Assert.Contains($"\"issuer\":\"{provider.Issuer}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L10_M13_Over_https_no_cookie_can_be_planted_from_a_neighbouring_host()
    {
        await using var provider = await SecureAsync();
        using var reply = await AuthorizeAsync(provider);
        var cookies = reply.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            foreach (var attribute in (string[])["secure", "httponly", "samesite=lax", "path=/"]) Assert.Contains($"; {attribute}", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        // The names without the prefix are nobody's over https, and so are encoded spellings of the prefix.
        var browser = cookies.Single(c => c.StartsWith("__Host-browser=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
        var page = reply.Headers.Location!.ToString();
        using var good = await GetAsync(provider, page, $"__Host-browser={browser}");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        foreach (var planted in (string[])[$"browser={browser}", $"__Host%2Dbrowser={browser}", $"__host-browser={browser}", $"%5F%5FHost-browser={browser}", $"__Secure-browser={browser}"])
        {
            using var refused = await GetAsync(provider, page, planted);
            Assert.Contains("/problem", refused.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task L14_Over_https_the_browser_is_told_to_stay_there()
    {
        await using var provider = await SecureAsync();
        using var reply = await AuthorizeAsync(provider);
        Assert.Equal("max-age=31536000", Assert.Single(reply.Headers.GetValues("Strict-Transport-Security")));
        using var plain = await provider.Http.GetAsync("/.well-known/openid-configuration");
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
    }

    [Fact]
    public async Task L20_A_form_token_or_a_cookie_of_another_installation_is_worth_nothing()
    {
        var theirs = await TestProvider.SharedAsync(Engine.Sqlite);
        await using var ours = await ApartAsync();
        using var there = theirs.NewBrowser();
        var form = (await TestRelyingParty.Of(theirs).AuthorizeAsync(there)).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        await TestRelyingParty.Of(theirs).CodeAsync(there);

        var name = await Someone.NewAsync(ours);
        using var here = ours.NewBrowser();
        foreach (Cookie cookie in there.Cookies.GetAllCookies()) here.Cookies.Add(new Uri(ours.Issuer), new Cookie(cookie.Name, cookie.Value, "/"));
        Assert.Equal("login_required", (await TestRelyingParty.Of(ours).AuthorizeAsync(here, ("prompt", "none"))).Answer["error"]);
        var page = await TestRelyingParty.Of(ours).AuthorizeAsync(here);
        await here.PostAsync($"{page.Address}/password", new Dictionary<string, string> { ["username"] = name, ["password"] = TestProvider.Password, ["form"] = form });
        Assert.Equal("login_required", (await TestRelyingParty.Of(ours).AuthorizeAsync(here, ("prompt", "none"))).Answer["error"]);
        Assert.NotNull((await Someone.SignInAsync(here, await TestRelyingParty.Of(ours).AuthorizeAsync(here), name)).LeftFor);
    }

    private static async Task<(int, int, HttpStatusCode, string, int, string)> TryAsync(TestProvider provider, string name, CountingHasher counter)
    {
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        var (hashes, rows) = (counter.Checks, await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "signin.failed")));
        page = await Someone.SignInAsync(browser, page, name, "wrong");
        return (counter.Checks - hashes, await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "signin.failed")) - rows,
            page.Status, string.Join(',', page.Headers.Keys.Order(StringComparer.Ordinal)), page.Html.Length, page.Heading);
    }

    /// <summary>Keys of its own: the other providers of this suite are copies of one template.</summary>
    private static async Task<TestProvider> ApartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("identity-apart-").FullName;
        var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "apart.db")}",
            ["Storage:MasterKeyFile"] = Path.Combine(folder, "master.key"),
        }));
        await provider.ImportAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")));
        await provider.ImportAsync(TestClients.Document);
        return provider;
    }

    /// <summary>Behind a proxy that ends TLS, as in production.</summary>
    private static Task<TestProvider> SecureAsync()
    {
        var address = FreeAddresses.Take(1)[0];
        return TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Oidc:Issuer"] = "https://dangnhap.anbinh.example",
            ["Listener:TrustedProxies:0"] = "127.0.0.0/8",
            ["Listener:TrustedProxies:1"] = "::1/128",
        }), issuer: address);
    }

    private static Task<HttpResponseMessage> AuthorizeAsync(TestProvider provider) => GetAsync(provider, TestRelyingParty.Address(TestRelyingParty.Of(provider).Request()), null);

    private static async Task<HttpResponseMessage> GetAsync(TestProvider provider, string address, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("X-Forwarded-Proto", "https");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await provider.Http.SendAsync(request);
    }

    private sealed class CountingHasher : PasswordHasher<LocalAccount>
    {
        private int _checks;

        public int Checks => _checks;

        public override PasswordVerificationResult VerifyHashedPassword(LocalAccount user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _checks);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
