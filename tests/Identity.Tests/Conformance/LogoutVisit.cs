using System.Net;
using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>A person who has signed in to the conformance client and is about to leave.</summary>
internal sealed class LogoutVisit(ConformanceParty party, TestBrowser browser, ConformanceTokens tokens) : IDisposable
{
    public string IdToken => tokens.Reply.IdToken;
    public ConformanceTokens Tokens => tokens;

    public static async Task<LogoutVisit> StartAsync(Engine engine = Engine.Sqlite)
    {
        var provider = await TestProvider.SharedAsync(engine);
        return await StartAsync(new ConformanceParty(provider, TestRelyingParty.Conformance(provider)));
    }

    public static async Task<LogoutVisit> StartAsync(ConformanceParty party)
    {
        var browser = party.Provider.NewBrowser();
        return new LogoutVisit(party, browser, await party.TokensAsync(browser));
    }

    public Task<TestPage> LogOutAsync(params (string Name, string? Value)[] parameters) => browser.GetAsync("/connect/endsession?" + string.Join('&',
        parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")));

    /// <summary>Perhaps after a question, the page that says so; and it is true.</summary>
    public async Task EndsOnOurPageAsync(TestPage page)
    {
        if (page.Forms.FirstOrDefault(f => f.GetAttribute("action") == page.Address.AbsolutePath) is not null)
            page = await browser.SubmitAsync(page, page.Address.AbsolutePath, ("scope", "all"));
        Assert.True(page.LeftFor is null, $"sent to {page.LeftFor}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.EndsWith("/done", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.NotEmpty(page.Heading);
        await IsSignedOutAsync();
    }

    public async Task IsSignedOutAsync() =>
        Assert.Equal("login_required", party.Error(await party.AskAsync(browser, ("prompt", "none"))));

    public async Task IsSignedInAsync() => Assert.Equal(tokens.AuthTime, (await party.SilentTokensAsync(browser, ("prompt", "none"))).AuthTime);

    public void Dispose() => browser.Dispose();
}
