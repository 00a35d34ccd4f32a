using Identity.Domain.Sessions;
using Identity.Faults.Tests.Harness;
using Identity.Server.Oidc.Logout;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Faults.Tests;

/// <summary>Applications that do not take a sign-out when it comes: it reaches them later, and the person never waits for them.</summary>
public sealed class LogoutDeliveryTests
{
    private static readonly string[] Moods = [StubbornApplication.Hangs, StubbornApplication.Redirects, StubbornApplication.Breaks];

    /// <summary>Between two looks at what is due; each look may cost the five seconds for which an application hangs.</summary>
    private static readonly TimeSpan Step = LongRun.Choose(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(50));

    public static TheoryData<Engine> EnginesOfThisRun => LongRun.Is ? Engines.All : new() { Engine.Sqlite };

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_sign_out_that_an_application_hangs_on_redirects_or_refuses_for_ten_minutes_arrives_in_the_end(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        await using var application = new StubbornApplication();
        await application.StartAsync();
        foreach (var mood in Moods)
        {
            application.Set(mood, mood);
            await provider.ImportAsync(Province.CitizenClient(mood, c => (c["backchannel_logout_uri"], c["data_release"]) = (application.UriFor(mood), "none")));
        }
        using var browser = provider.NewBrowser();
        foreach (var client in Moods) await TestRelyingParty.Of(provider, client).TokensAsync(browser);

        var done = await browser.SubmitAsync(await browser.GetAsync("/account"), "/account/signout");

        // Signed out, and told which applications do not know it yet.
        Assert.EndsWith("/done", done.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(0, await LiveSessionsAsync(provider));
        for (var away = TimeSpan.Zero; away < TimeSpan.FromMinutes(10); away += Step)
        {
            await RoundAsync(provider);
            clock.Advance(Step);
        }
        Assert.Empty(application.Taken);
        foreach (var client in Moods) application.Set(client, StubbornApplication.Works);
        for (var rounds = 0; rounds < 40 && application.Taken.Count < Moods.Length; rounds++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await RoundAsync(provider);
        }
        await UntilAsync(async () => await provider.InDatabaseAsync(db => db.LogoutDeliveries.AllAsync(d => d.State == LogoutDeliveryState.Delivered)));
        Assert.Equal(Moods.Order(), application.Taken.Keys.Order());
        Assert.All(application.Taken.Values, times => Assert.Equal(1, times));
        Assert.Equal(0, application.Followed);
    }

    /// <summary>Lets the worker look again, and waits until every message that is due has been tried.</summary>
    private static async Task RoundAsync(TestProvider provider)
    {
        var before = await DueAsync(provider);
        provider.Services.GetRequiredService<LogoutSignal>().Raise();
        if (before > 0) await UntilAsync(async () => await DueAsync(provider) == 0);
    }

    private static Task<int> DueAsync(TestProvider provider)
    {
        var now = provider.Clock!.GetUtcNow();
        return provider.InDatabaseAsync(db => db.LogoutDeliveries.CountAsync(d => d.State == LogoutDeliveryState.Pending && d.NextAttemptAt <= now));
    }

    private static Task<int> LiveSessionsAsync(TestProvider provider) => provider.InDatabaseAsync(db => db.Sessions.CountAsync(s => s.EndedAt == null));

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isTrue()) await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
    }
}
