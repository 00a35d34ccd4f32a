using Identity.Domain.Notices;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

/// <summary>Back in without a help desk: a stronger way at once, everybody else after a day that the owner can stop.</summary>
public sealed class RecoveryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 1, TimeSpan.Zero);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L7_Whoever_lost_everything_waits_a_day_is_announced_and_sets_up_anew(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var lost = await visitor.AddAppAsync();
        visitor.Forget();
        var page = await visitor.Browser.GetAsync($"{(await visitor.SignInForAsync(2)).Address.AbsolutePath.Replace("/step-up", "/recover", StringComparison.Ordinal)}");
        page = await visitor.Browser.SubmitAsync(page, "/recover", ("do", "begin"));
        Assert.Contains("Bạn cài lại được từ 23/11/2026 12:00", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await provider.InDatabaseAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.RecoveryStarted)));
        Assert.True(await provider.InDatabaseAsync(db => db.OutgoingMails.AnyAsync(m => m.Template == "notice.recovery_started")));

        provider.Clock!.Advance(TimeSpan.FromHours(23));
        Assert.DoesNotContain((await RecoverAsync(visitor)).Forms, f => f.Action.EndsWith("/recover", StringComparison.Ordinal));
        provider.Clock.Advance(TimeSpan.FromHours(1.1));
        page = await RecoverAsync(visitor);
        page = await visitor.Browser.SubmitAsync(page, "/recover", ("do", "use"));
        Assert.EndsWith("/enrol", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.TotpApps.CountAsync()));

        var request = page.Address.AbsolutePath.Split('/')[2];
        var found = await visitor.AddAppAsync(request);
        Assert.NotEqual(lost, found);
        var token = await visitor.IdTokenAsync(await visitor.Browser.GetAsync($"/connect/authorize/callback?request={request}"));
        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L7_The_owner_stops_it_and_it_stays_stopped(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var owner = await FactorVisitor.NewAsync(provider);
        await owner.AddAppAsync();
        // Somebody has the password.
        using var thief = new FactorVisitor(provider, owner.Name);
        await thief.Browser.SubmitAsync(await RecoverAsync(thief), "/recover", ("do", "begin"));
        var list = await owner.OpenAsync("/account/identities");
        Assert.Contains("Có người xin lấy lại quyền đăng nhập của bạn", list.Text, StringComparison.Ordinal);
        Assert.Contains("Đã dừng.", (await owner.Browser.SubmitAsync(list, "/account/identities", ("x", "y"))).Text, StringComparison.Ordinal);

        provider.Clock!.Advance(TimeSpan.FromHours(25));
        thief.Forget();
        var page = await RecoverAsync(thief);
        var form = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        await thief.Browser.PostAsync(page.Address.AbsolutePath, [new("form", form), new("do", "use")]);
        Assert.Equal(1, await provider.InDatabaseAsync(db => db.TotpApps.CountAsync()));
    }

    [Fact]
    public async Task L7_Whoever_reports_a_strange_deed_stops_a_recovery_with_it()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var owner = await FactorVisitor.NewAsync(provider);
        await owner.AddAppAsync();
        using var thief = new FactorVisitor(provider, owner.Name);
        await thief.Browser.SubmitAsync(await RecoverAsync(thief), "/recover", ("do", "begin"));
        var notice = await provider.InDatabaseAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.RecoveryStarted));
        await owner.Browser.SubmitAsync(await owner.OpenAsync($"/account/not-me?notice={notice.Id}"), "/account/not-me");
        Assert.True(await provider.InDatabaseAsync(db => db.RecoveryRequests.AllAsync(r => r.CancelledAt != null)));
    }

    [Fact]
    public async Task L7_A_wait_that_was_not_begun_or_is_not_over_or_was_used_gives_nothing()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        visitor.Forget();
        var page = await RecoverAsync(visitor);
        var form = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        foreach (var step in (string[])["use", "begin", "use", "nonsense"])
        {
            await visitor.Browser.PostAsync(page.Address.AbsolutePath, [new("form", form), new("do", step)]);
            Assert.Equal(1, await provider.InDatabaseAsync(db => db.TotpApps.CountAsync()));
        }
        // A session that was left open for a day is no proof of anybody: the password is asked for again.
        provider.Clock!.Advance(TimeSpan.FromHours(24.5));
        Assert.True(Someone.AsksForPassword(await visitor.Browser.PostAsync(page.Address.AbsolutePath, [new("form", form), new("do", "use")]))
            || await provider.InDatabaseAsync(db => db.TotpApps.CountAsync()) == 1);
    }

    [Fact]
    public async Task Whoever_has_the_eid_proves_it_again_and_removes_what_was_lost_at_once()
    {
        await using var fixture = await EidSite.StartAsync();
        var (site, visitor) = (fixture.Federation, fixture.Visitor);
        var tokens = await site.TokensAsync(visitor.Browser, "an");
        Assert.Equal("urn:vn:eid:auth:2", TestReply.Read(tokens.IdToken).GetClaim("acr").Value);
        await visitor.AddAppAsync();
        var list = await visitor.Browser.GetAsync("/account/identities");
        var id = list.Document.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        var form = list.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        list = await visitor.Browser.PostAsync("/account/identities", [new("form", form), new("kind", "App"), new("id", id), new("do", "remove")]);
        Assert.Contains("Đã bỏ cách bạn chọn", list.Text, StringComparison.Ordinal);
        await visitor.AddAppAsync();
    }

    private static async Task<TestPage> RecoverAsync(FactorVisitor visitor)
    {
        var page = await visitor.SignInForAsync(2);
        return await visitor.Browser.GetAsync($"/login/{page.Address.AbsolutePath.Split('/')[2]}/recover");
    }

    private sealed class EidSite(FederationFixture federation) : IAsyncDisposable
    {
        public FederationFixture Federation => federation;
        public FactorVisitor Visitor { get; private set; } = null!;

        public static async Task<EidSite> StartAsync()
        {
            var federation = new FederationFixture();
            await federation.InitializeAsync();
            return new(federation) { Visitor = new FactorVisitor(federation.Provider, "", federation.NewBrowser()) };
        }

        public async ValueTask DisposeAsync()
        {
            Visitor.Dispose();
            await federation.DisposeAsync();
        }
    }
}
