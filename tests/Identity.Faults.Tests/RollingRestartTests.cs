using Identity.Faults.Tests.Harness;

namespace Identity.Faults.Tests;

/// <summary>An upgrade in working hours: one node after the other is asked to end and started again, and nobody notices.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class RollingRestartTests(Province province) : IAsyncLifetime
{
    private static readonly int Restarts = LongRun.Choose(1, 5);

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Nobody fails: whoever meets the moment in which a node closes a kept connection is asked to load the page again, and that works.</summary>
    [Fact]
    public Task A_rolling_restart_under_load_fails_no_sign_in() => RestartAsync(reloads: 1);

    /// <summary>The stricter promise: not even that page.</summary>
    [Fact(Skip = "Needs the drain: a node that is asked to end must answer what still comes over kept connections before it closes them. Take this line away when it does.")]
    public Task A_rolling_restart_under_load_shows_nobody_a_page() => RestartAsync(reloads: 0);

    private async Task RestartAsync(int reloads)
    {
        var crowd = new Crowd(province, LongRun.Choose(3, 8)) { Reloads = reloads };
        await crowd.VisitWhileAsync(async () =>
        {
            for (var restart = 0; restart < Restarts; restart++)
                foreach (var node in province.Nodes)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1));
                    await node.TerminateAsync();
                    await node.StartAsync();
                }
            await Task.Delay(TimeSpan.FromSeconds(1));
        });
        LongRun.Report($"rolling restart of both nodes, {Restarts}×, under load", $"{crowd.Tally.Summary}. {crowd.Tally.Details}");
        Assert.True(crowd.Tally.Of(Ending.Finished) > 0, crowd.Tally.Summary);
        Assert.True(crowd.Tally.Of(Ending.Told) + crowd.Tally.Of(Ending.Broken) == 0, $"{crowd.Tally.Summary}. {crowd.Tally.Details}");
    }
}
