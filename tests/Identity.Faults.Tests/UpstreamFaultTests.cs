using Identity.Faults.Tests.Harness;

namespace Identity.Faults.Tests;

/// <summary>The national e-ID hangs, breaks or lies: people get a page with a reference, and nobody else notices.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class UpstreamFaultTests(Province province) : IAsyncLifetime
{
    private static readonly string[] Failures = ["slow", "malformed", "down", "wrong_signature"];

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_e_ID_that_hangs_breaks_or_lies_ends_in_a_page_with_a_reference_and_disturbs_nobody_else()
    {
        foreach (var failure in LongRun.Choose(Failures[..2], Failures))
        {
            var waiting = Enumerable.Range(0, LongRun.Choose(3, 40)).Select(_ => FailAsync(failure)).ToArray();
            // Meanwhile a whole visit by name and password.
            using var other = new Traveller(province, Province.LocalAccount);
            Assert.Equal(Outcome.Finished, await other.VisitAsync());
            await Task.WhenAll(waiting);
        }
        using var afterwards = new Traveller(province, "an");
        Assert.Equal(Outcome.Finished, await afterwards.VisitAsync());
    }

    [Fact]
    public async Task A_node_that_dies_while_the_e_ID_hangs_leaves_a_waiting_page_that_ends_and_a_way_to_try_again()
    {
        using var traveller = new Traveller(province, "an") { Failure = "slow", Reloads = 3, Node = () => "a" };
        var killed = Task.CompletedTask;
        traveller.Meanwhile = step =>
        {
            if (step == "returning" && killed.IsCompletedSuccessfully && province.A.IsRunning) killed = province.A.KillAsync();
            return Task.CompletedTask;
        };
        var outcome = await traveller.SignInAsync();
        await killed;
        Assert.False(province.A.IsRunning);
        Assert.Equal(new Outcome(Ending.Told, "sign-in: page problem"), outcome);
        Assert.Contains(traveller.Page!.Forms, f => f.Action.EndsWith("/start/vnconnect", StringComparison.Ordinal));
        (traveller.Meanwhile, traveller.Failure) = (_ => Task.CompletedTask, "");
        Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
    }

    private async Task FailAsync(string failure)
    {
        using var traveller = new Traveller(province, "an") { Failure = failure };
        Assert.Equal(new Outcome(Ending.Told, "sign-in: page problem"), await traveller.SignInAsync());
        Assert.Matches("AB-[0-9]{3}-[0-9]{3}-[0-9]{3}", traveller.Page!.Text);
    }
}
