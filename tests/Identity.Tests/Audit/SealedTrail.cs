using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Audit;

/// <summary>A provider whose trail is sealed in three blocks, the last two of three rows each; and somebody who can write to its database.</summary>
internal sealed class SealedTrail : IAsyncDisposable
{
    private SealedTrail(TestProvider provider) => Provider = provider;

    public TestProvider Provider { get; }

    /// <summary>Of the rows in the second block.</summary>
    public long[] Sequences { get; private set; } = [];

    public static async Task<SealedTrail> StartAsync(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        // Nothing seals but the test.
        var trail = new SealedTrail(await TestProvider.StartAsync(engine, clock, app => app.Configuration.AddInMemoryCollection([new("Audit:SealInterval", "01:00:00")])));
        await trail.SealAsync();
        for (var block = 0; block < 2; block++)
        {
            for (var row = 0; row < 3; row++) await trail.WriteAsync("token.issued", $"row {row}");
            await trail.SealAsync();
        }
        var seal = await trail.BlockAsync(2);
        trail.Sequences = await trail.Provider.InDatabaseAsync(db =>
            db.AuditEvents.Where(e => e.Sequence >= seal.FirstSequence && e.Sequence <= seal.LastSequence).OrderBy(e => e.Sequence).Select(e => e.Sequence).ToArrayAsync());
        Assert.Equal(3, trail.Sequences.Length);
        return trail;
    }

    public Task WriteAsync(string name, string? detail = null) => Provider.Services.GetRequiredService<AuditWriter>().WriteAsync(
        new RequestOrigin(Provider.Clock!) { Address = "192.0.2.7", Port = 40_123, Actor = "test" }.Describe(name, "reason", Guid.CreateVersion7(), "rp", Guid.CreateVersion7(), "local", "AB-000-000-000", detail),
        CancellationToken.None);

    public Task<int> SealAsync() => DoAsync(services => services.GetRequiredService<AuditSealer>().SealAsync(CancellationToken.None));

    public Task<AuditSeal> BlockAsync(long number) => Provider.InDatabaseAsync(db => db.AuditSeals.AsNoTracking().SingleAsync(s => s.Number == number));

    public Task<AuditReport> VerifyAsync(string[]? pinned = null, AuditHead? known = null, long from = 1) => DoAsync(async services =>
    {
        var evidence = await DatabaseEvidence.OpenAsync(services.GetRequiredService<IdentityDb>(), services.GetRequiredService<AuditSealKeys>(), from, CancellationToken.None);
        return await new AuditVerifier(evidence, pinned ?? [], known).VerifyAsync(CancellationToken.None);
    });

    public async Task AssertBrokenAsync(AuditProblem problem, long? block, long? sequence = null) =>
        Assert.Equal(new AuditFault(problem, block, sequence), (await VerifyAsync()).Fault);

    public async Task AssertWholeAsync() => Assert.Null((await VerifyAsync()).Fault);

    /// <summary>What somebody with the database password can do.</summary>
    public Task<int> SqlAsync(string sql) => Provider.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Provider.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}
