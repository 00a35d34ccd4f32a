using Identity.Faults.Tests.Harness;

namespace Identity.Faults.Tests;

/// <summary>An upgrade in working hours: one node after the other is asked to end and started again, and nobody notices.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class RollingRestartTests(Province province) : IAsyncLifetime
{
    private static readonly int Restarts = LongRun.Choose(1, 5);

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>A node that is asked to end closes its kept connections first and its door last, so that not one person has to load a page again.</summary>
    [Fact]
    public async Task A_rolling_restart_under_load_fails_no_sign_in()
    {
        var crowd = new Crowd(province, LongRun.Choose(3, 8)) { Reloads = 0 };
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
