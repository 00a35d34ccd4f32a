using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Identity.Tests.Audit;

public sealed class AuditWriterTests
{
    private static readonly AuditEvent Row = new() { At = DateTimeOffset.UtcNow, Name = "token.issued" };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_row_of_a_crowd_is_written_once(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var writer = provider.Services.GetRequiredService<AuditWriter>();
        var origin = new RequestOrigin(TimeProvider.System);
        var details = Enumerable.Range(0, 700).Select(i => $"crowd {engine} {i}").ToList();
        await Task.WhenAll(details.Select(d => Task.Run(() => writer.WriteAsync(origin.Describe("token.issued", detail: d), CancellationToken.None))));
        var written = await provider.InDatabaseAsync(db => db.AuditEvents.Where(e => e.Detail!.StartsWith("crowd ")).Select(e => e.Detail!).ToListAsync());
        Assert.Equal(details.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_writer_and_the_mapper_write_the_same_row(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var (address, marker) = ("2001:db8::7", Guid.NewGuid().ToString("N"));
        var origin = new RequestOrigin(TimeProvider.System) { Address = address, Port = 4711, Actor = "test" };
        var full = origin.Describe("signin.failed", "Password", Guid.CreateVersion7(), "rp", Guid.CreateVersion7(), "local", marker, "Ấp Bình An");
        await provider.Services.GetRequiredService<AuditWriter>().WriteAsync(full, CancellationToken.None);
        await provider.InDatabaseAsync(async db =>
        {
            db.AuditEvents.Add(full);
            return await db.SaveChangesAsync();
        });
        var rows = await provider.InDatabaseAsync(db => db.AuditEvents.AsNoTracking().Where(e => e.Reference == marker).ToListAsync());
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal(
            (full.At, "signin.failed", "failed", "Password", "test", full.PersonId, "rp", full.SessionId, "local", address, 4711, "Ấp Bình An"),
            (r.At, r.Name, r.Outcome, r.Reason, r.Actor, r.PersonId, r.ClientId, r.SessionId, r.Connector, r.Address, r.Port, r.Detail)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M8_Text_that_no_engine_can_store_costs_nobody_their_row(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var origin = new RequestOrigin(TimeProvider.System);
        var marker = Guid.NewGuid().ToString("N");
        string[] hostile = ["a\0b", "half \uD83D", new string('x', 5_000), new string('\uD83D', 3_000)];
        var writer = provider.Services.GetRequiredService<AuditWriter>();
        await Task.WhenAll(hostile.Select(text => writer.WriteAsync(origin.Describe("token.refused", new string('r', 900), clientId: text, reference: marker, detail: text), CancellationToken.None)));
        Assert.Equal(hostile.Length, await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Reference == marker)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_machine_token_is_in_the_trail_when_it_arrives(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var api = new TestRelyingParty(provider, "api", "");
        var before = await CountAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => IssueAsync()));
        Assert.Equal(before + 20, await CountAsync());

        async Task IssueAsync() => Assert.Equal(200, (await api.TokenAsync(new() { ["grant_type"] = "client_credentials" })).Status);
        Task<int> CountAsync() => provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.ClientId == "api" && e.Detail == "client_credentials" && e.Outcome == "succeeded"));
    }

    [Fact]
    public async Task What_queues_behind_a_commit_shares_the_next_one()
    {
        var table = new HeldTable();
        await using var writer = Writer(table);
        var first = writer.WriteAsync(Row, CancellationToken.None);
        await table.Entered.WaitAsync();
        var others = Enumerable.Range(0, 50).Select(_ => writer.WriteAsync(Row, CancellationToken.None)).ToList();
        Assert.DoesNotContain(others, o => o.IsCompleted);
        table.Release.Release(2);
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 50], table.Batches);
    }

    [Fact]
    public async Task A_failed_commit_is_told_to_its_callers_and_to_no_other()
    {
        var table = new HeldTable { Fails = true };
        await using var writer = Writer(table);
        table.Release.Release(2);
        await Assert.ThrowsAsync<AuditUnavailableException>(() => writer.WriteAsync(Row, CancellationToken.None));
        table.Fails = false;
        await writer.WriteAsync(Row, CancellationToken.None);
        Assert.Equal([1], table.Batches);
    }

    [Fact]
    public async Task M14_A_full_queue_refuses_instead_of_growing()
    {
        var table = new HeldTable();
        await using var writer = Writer(table, queue: 2, patience: TimeSpan.FromMilliseconds(50));
        var first = writer.WriteAsync(Row, CancellationToken.None);
        await table.Entered.WaitAsync();
        var queued = Enumerable.Range(0, 2).Select(_ => writer.WriteAsync(Row, CancellationToken.None)).ToList();
        await Assert.ThrowsAsync<AuditUnavailableException>(() => writer.WriteAsync(Row, CancellationToken.None));
        table.Release.Release(2);
        await Task.WhenAll([first, .. queued]);
        Assert.Equal(3, table.Batches.Sum());
    }

    [Fact]
    public async Task Stopping_writes_what_is_queued_and_takes_no_more()
    {
        var table = new HeldTable();
        var writer = Writer(table);
        var first = writer.WriteAsync(Row, CancellationToken.None);
        await table.Entered.WaitAsync();
        var queued = writer.WriteAsync(Row, CancellationToken.None);
        var stopping = writer.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<AuditUnavailableException>(() => writer.WriteAsync(Row, CancellationToken.None));
        Assert.False(stopping.IsCompleted);
        table.Release.Release(2);
        await Task.WhenAll(first, queued, stopping);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Without_its_row_no_answer_leaves(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(engine == Engine.Sqlite
            ? "CREATE TRIGGER closed BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'closed'); END"
            : "ALTER TABLE audit_events ADD CONSTRAINT closed CHECK (false) NOT VALID"));
        var answer = await new TestRelyingParty(provider, "api", "").TokenAsync(new() { ["grant_type"] = "client_credentials" });
        Assert.Equal((503, "server_error"), (answer.Status, answer.Error));
        Assert.DoesNotContain("access_token", answer.Body, StringComparison.Ordinal);
    }

    private static AuditWriter Writer(HeldTable table, int queue = 10_000, TimeSpan? patience = null) =>
        new(table, Options.Create(new AuditOptions { QueueLength = queue, QueuePatience = patience ?? TimeSpan.FromSeconds(2) }));

    /// <summary>A database that commits when the test says so.</summary>
    private sealed class HeldTable : IAuditTable
    {
        public SemaphoreSlim Entered { get; } = new(0);
        public SemaphoreSlim Release { get; } = new(0);
        public List<int> Batches { get; } = [];
        public bool Fails { get; set; }

        public async Task InsertAsync(IReadOnlyList<AuditEvent> rows, CancellationToken ct)
        {
            Entered.Release();
            await Release.WaitAsync(ct);
            if (Fails) throw new InvalidOperationException("closed");
            Batches.Add(rows.Count);
        }
    }
}
