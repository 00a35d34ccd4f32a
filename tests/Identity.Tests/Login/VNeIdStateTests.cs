using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>How long a browser may be away at the e-ID, from our chooser and back to it.</summary>
public sealed class VNeIdStateTests : IAsyncLifetime
{
    private readonly FixedClock _clock = new(DateTimeOffset.UtcNow);
    private readonly VNeIdFixture _eid;

    public VNeIdStateTests() => _eid = new VNeIdFixture(_clock);

    public Task InitializeAsync() => _eid.InitializeAsync();

    public Task DisposeAsync() => _eid.DisposeAsync();

    [Fact]
    public async Task Who_comes_back_within_five_minutes_goes_on()
    {
        using var browser = _eid.NewBrowser();
        Assert.True(FederationFixture.IsFirst(await ComeBackAfterAsync(browser, TimeSpan.FromMinutes(5))));
    }

    [Fact]
    public async Task F5_Who_comes_back_a_second_later_proves_nothing_loses_nothing_and_may_try_again()
    {
        using var browser = _eid.NewBrowser();
        var page = await ComeBackAfterAsync(browser, TimeSpan.FromSeconds(301));
        Assert.True(FederationFixture.IsProblem(page), $"{page.Address} {page.Text}");
        Assert.Equal(SignInPageTests.Text("problem.code_refused.title", ("eid", "VNeID (kết nối trực tiếp)")), page.Heading);
        Assert.Equal(0, await _eid.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync()));
        var row = await _eid.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(e => e.Name == "signin.failed"));
        Assert.Equal(("vneid", "CodeRefused: authorization response came after state_lifetime"), (row.Connector, row.Detail));

        page = await browser.SubmitAsync(page, "/start/vneid");
        if (page.Address.AbsoluteUri.StartsWith(_eid.EidUrl, StringComparison.Ordinal)) page = await FederationFixture.DecideAsync(browser, page, "an");
        Assert.True(FederationFixture.IsFirst(await FederationFixture.ArriveAsync(browser, page)));
    }

    private async Task<TestPage> ComeBackAfterAsync(TestBrowser browser, TimeSpan away)
    {
        var page = await _eid.ToEidAsync(browser);
        _clock.Advance(away);
        return await FederationFixture.DecideAsync(browser, page, "an");
    }
}
