using System.Collections.Concurrent;
using Identity.Tests.Harness;

namespace Identity.Tests.Linking;

/// <summary>
/// Random histories of sign-ins, links, removals, renames, leavers, reused mailboxes, changed numbers, closings and returns. A failure
/// prints the history: shorten it by hand until it is the shortest that still fails.
/// </summary>
public sealed class LifeTests
{
    private const int Humans = 3;
    private const int Length = 40;

    public static TheoryData<Engine, int, int> Runs()
    {
        var data = new TheoryData<Engine, int, int>();
        for (var first = 0; first < 240; first += 60) data.Add(Engine.Sqlite, first, 60);
        if (Engines.PostgreSqlServer is not null) data.Add(Engine.PostgreSql, 1_000, 60);
        return data;
    }

    [Theory, MemberData(nameof(Runs))]
    public async Task Nobody_ever_reaches_another_humans_record(Engine engine, int first, int count)
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var outcomes = new ConcurrentDictionary<string, int>();
        for (var seed = first; seed < first + count; seed++)
        {
            var history = LifeStep.Sequence(seed, Length, Humans);
            var life = new LifeOfRecords(provider, clock, $"{seed}", Humans);
            for (var i = 0; i < history.Count; i++)
                if (await life.PlayAsync(history[i]) is { } wrong)
                    Assert.Fail($"seed {seed}, step {i}: {wrong}\n{string.Join('\n', history.Take(i + 1))}");
            foreach (var (outcome, times) in life.Outcomes) outcomes.AddOrUpdate(outcome, times, (_, before) => before + times);
        }
        // The histories must have come to what they are about, or they prove nothing.
        foreach (var needed in (string[])["SignIn CreatePerson ", "SignIn SignIn ", "SignIn ReopenPerson ", "SignIn Refuse LinkFrozen", "SignIn ConfirmOwnership ", "Confirm SignIn ",
            "AddDoor SignIn ", "AddDoor Refuse PersonalNumberMismatch", "AddDoor Refuse ProofTooWeak", "Unlink"])
            Assert.True(outcomes.ContainsKey(needed), $"'{needed}' never happened: {string.Join(", ", outcomes.Keys.Order())}");
    }
}
