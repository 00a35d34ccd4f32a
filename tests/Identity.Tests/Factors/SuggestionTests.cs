using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Tests.Factors;

/// <summary>A page that nobody asked for: after a sign-in that went well, three times a month apart, and never again after "do not ask".</summary>
public sealed class SuggestionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 1, TimeSpan.Zero);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_faster_way_is_suggested_three_times_a_month_apart_and_never_at_the_first_visit(Engine engine)
    {
        var clock = new FixedClock(Noon);
        await using var site = await PasskeySite.StartAsync(engine, clock);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await visitor.IdTokenAsync(await EnterAsync(site, visitor));
        for (var time = 0; time < 3; time++)
        {
            var page = await EnterAsync(site, visitor);
            Assert.Equal("Lần sau đăng nhập nhanh hơn?", page.Heading);
            Assert.Contains("Đừng cài trên máy dùng chung với người khác.", page.Text, StringComparison.Ordinal);
            await visitor.IdTokenAsync(await visitor.Browser.SubmitAsync(page, "/suggest", ("answer", "later")));
            clock.Advance(TimeSpan.FromDays(29));
            Assert.NotNull((await EnterAsync(site, visitor)).LeftFor);
            clock.Advance(TimeSpan.FromDays(1.1));
        }
        Assert.NotNull((await EnterAsync(site, visitor)).LeftFor);
    }

    [Fact]
    public async Task Do_not_ask_again_is_kept()
    {
        var clock = new FixedClock(Noon);
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite, clock);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await visitor.IdTokenAsync(await EnterAsync(site, visitor));
        var page = await EnterAsync(site, visitor);
        Assert.NotNull((await visitor.Browser.SubmitAsync(page, "/suggest", ("answer", "never"))).LeftFor);
        clock.Advance(TimeSpan.FromDays(200));
        Assert.NotNull((await EnterAsync(site, visitor)).LeftFor);
    }

    [Fact]
    public async Task Nothing_is_suggested_on_a_shared_computer()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await visitor.IdTokenAsync(await EnterAsync(site, visitor));
        visitor.Forget();
        visitor.Browser.Cookies.Add(new Uri(site.Provider.Issuer), new System.Net.Cookie("shared-computer", "1"));
        Assert.NotNull((await Someone.SignInAsync(visitor.Browser, await site.ChooserAsync(visitor), visitor.Name)).LeftFor);
    }

    [Fact]
    public async Task An_application_that_takes_no_device_suggests_none()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        for (var time = 0; time < 2; time++)
        {
            visitor.Forget();
            await visitor.IdTokenAsync(await visitor.SignInForAsync(1));
        }
    }

    private static async Task<TestPage> EnterAsync(PasskeySite site, FactorVisitor visitor)
    {
        visitor.Forget();
        return await Someone.SignInAsync(visitor.Browser, await site.ChooserAsync(visitor), visitor.Name);
    }
}
