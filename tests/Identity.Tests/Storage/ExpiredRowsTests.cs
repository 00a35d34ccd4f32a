using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Storage;

public sealed class ExpiredRowsTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_has_served_its_purpose_goes_and_what_proves_or_lives_stays(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var rp = TestRelyingParty.Of(provider, "rp-release");
        using var browser = provider.NewBrowser();
        await rp.TokensAsync(browser);
        await browser.GetAsync("/connect/endsession");
        var audit = await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync());

        Assert.Equal(0, await RemoveAsync(provider));
        clock.Advance(TimeSpan.FromDays(100));
        using var later = provider.NewBrowser();
        var fresh = await rp.TokensAsync(later, "binh");
        Assert.True(await RemoveAsync(provider) > 0);

        Assert.Equal((1, 1, 1, 1), await provider.InDatabaseAsync(async db => (
            await db.AuthorizationCodes.CountAsync(), await db.Grants.CountAsync(), await db.Sessions.CountAsync(), await db.SessionParticipants.CountAsync())));
        Assert.Equal((1, 0), await provider.InDatabaseAsync(async db => (await db.PendingAuthentications.CountAsync(), await db.LogoutRequests.CountAsync())));
        Assert.Equal(2, await provider.InDatabaseAsync(db => db.Consents.CountAsync()));
        Assert.True(await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync()) > audit);
        Assert.Equal(200, (await rp.UserInfoAsync(fresh.AccessToken)).Status);
    }

    private static async Task<int> RemoveAsync(TestProvider provider)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ExpiredRows>().RemoveAsync(CancellationToken.None);
    }
}
