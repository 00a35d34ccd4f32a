using Identity.Faults.Tests.Harness;

namespace Identity.Faults.Tests;

/// <summary>A node dies in the middle of a request, again and again, at every step there is.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class NodeDeathTests(Province province) : IAsyncLifetime
{
    private static readonly int Visits = LongRun.Choose(1, 12);

    /// <summary>The steps at which a secret is used up; the long run kills at every one.</summary>
    private static readonly string[] Delicate = ["return", "password", "token"];
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(25);
    private Task _revival = Task.CompletedTask;

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>
    /// Each step of the visit goes to a node that is killed while it works on it. The person loads the page again when it says so, and
    /// starts over when that is what it says.
    /// </summary>
    [Theory, InlineData("le-mot"), InlineData(Province.LocalAccount)]
    public async Task A_node_killed_at_every_step_leaves_a_person_signed_in_or_told_what_to_do(string person)
    {
        var tally = new Tally();
        var kills = new List<string>();
        for (var visit = 0; visit < Visits; visit++)
        {
            var victim = province.A;
            using var traveller = new Traveller(province, person) { Reloads = 3 };
            traveller.Node = () => victim == province.A ? "a" : "b";
            traveller.Meanwhile = async step =>
            {
                if (LongRun.Is ? step.EndsWith(" again", StringComparison.Ordinal) : !Delicate.Contains(step)) return;
                await _revival;
                victim = victim == province.A ? province.B : province.A;
                kills.Add(step);
                await KillAsync(victim);
            };
            tally.Add(await traveller.VisitAsync());
        }
        tally.AssertNothingBroke();
        // With a healthy province the same person gets in, whatever was left lying about.
        await _revival;
        await province.MendAsync();
        using var after = new Traveller(province, person);
        Assert.Equal(Outcome.Finished, await after.VisitAsync());
        LongRun.Report($"kill -9 during every step ({person})", $"{kills.Count} kills at {kills.Distinct().Count()} kinds of step; {tally.Summary}. {tally.Details}");
    }

    private async Task KillAsync(ServerProcess victim)
    {
        await Task.Delay(LongestDelay * Random.Shared.NextDouble());
        await victim.KillAsync();
        _revival = victim.StartAsync();
    }
}
