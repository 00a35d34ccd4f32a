using System.Buffers.Text;
using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Identity.Tests.Audit;

public sealed class SealingTests
{
    public static TheoryData<Engine> Every => Engines.All;

    /// <summary>A row with a low number that becomes visible after higher ones: sealing waits for it, or it would look like a forgery for ever.</summary>
    [Fact]
    public async Task M15_A_transaction_that_commits_late_is_waited_for()
    {
        if (Engines.PostgreSqlServer is null) return;
        await using var trail = await SealedTrail.StartAsync(Engine.PostgreSql);
        await using var connection = new NpgsqlConnection(trail.Provider.ConnectionString);
        await connection.OpenAsync();
        await using var late = await connection.BeginTransactionAsync();
        var sequence = await InsertAsync(connection, late);
        await trail.WriteAsync("token.issued");

        var sealing = trail.SealAsync();
        // Real time: the other side of the wait is a database.
        await Task.WhenAny(sealing, Task.Delay(TimeSpan.FromSeconds(1)));
        Assert.False(sealing.IsCompleted);
        await late.CommitAsync();

        Assert.Equal(2, await sealing);
        Assert.Equal(sequence, (await trail.BlockAsync(4)).FirstSequence);
        await trail.AssertWholeAsync();
    }

    /// <summary>A transaction with an older snapshot, or none at all, that has not touched the trail keeps nobody waiting.</summary>
    [Fact]
    public async Task A_transaction_elsewhere_does_not_hold_up_sealing()
    {
        if (Engines.PostgreSqlServer is null) return;
        await using var trail = await SealedTrail.StartAsync(Engine.PostgreSql);
        await using var connection = new NpgsqlConnection(trail.Provider.ConnectionString);
        await connection.OpenAsync();
        await using var other = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("UPDATE people SET status = status; SELECT count(*) FROM audit_events", connection, other);
        await command.ExecuteNonQueryAsync();
        await trail.WriteAsync("token.issued");
        Assert.Equal(1, await trail.SealAsync());
    }

    [Fact]
    public async Task M15_Sealing_beside_many_writers_never_leaves_a_row_out()
    {
        if (Engines.PostgreSqlServer is null) return;
        await using var trail = await SealedTrail.StartAsync(Engine.PostgreSql);
        var writers = Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            await using var connection = new NpgsqlConnection(trail.Provider.ConnectionString);
            await connection.OpenAsync();
            for (var i = 0; i < 40; i++)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await InsertAsync(connection, transaction);
                await Task.Yield();
                if (i % 7 == 0) await transaction.RollbackAsync();
                else await transaction.CommitAsync();
            }
        })).ToList();
        while (!Task.WhenAll(writers).IsCompleted) await trail.SealAsync();
        await Task.WhenAll(writers);
        await trail.SealAsync();
        var report = await trail.VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal(0, report.Unsealed);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nodes_that_seal_at_once_make_one_chain(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        for (var i = 0; i < 5; i++)
        {
            await trail.WriteAsync("token.issued");
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(trail.SealAsync)));
        }
        await trail.SealAsync();
        var report = await trail.VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal(0, report.Unsealed);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task A_block_is_judged_by_a_foreign_library_and_its_root_by_hand(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var (block, before) = (await trail.BlockAsync(3), await trail.BlockAsync(2));
        var keys = await trail.Provider.InDatabaseAsync(db => db.AuditSealKeys.Select(k => k.PublicKey).ToListAsync());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(block.Statement, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.Select(k => new JsonWebKey(k)), ValidAlgorithms = ["ES256"], ValidTypes = ["audit-block"],
            ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(before.Statement))), result.Claims["previous"]);

        // RFC 6962 §2.1 for three leaves, each behind one byte that says how far its number is from the one before.
        var leaf = block.Leaves!.Chunk(33).Select(l => l[1..]).ToArray();
        var root = SHA256.HashData([1, .. SHA256.HashData([1, .. leaf[0], .. leaf[1]]), .. leaf[2]]);
        Assert.Equal(Base64Url.EncodeToString(root), result.Claims["root"]);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task Retention_takes_the_rows_of_whole_old_blocks_and_the_chain_still_holds(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        Assert.Equal(0, await RemoveAsync(trail));
        trail.Provider.Clock!.Advance(TimeSpan.FromDays(365 * 6));
        await trail.WriteAsync("token.issued");
        Assert.True(await RemoveAsync(trail) > 6);
        Assert.Equal(0, await RemoveAsync(trail));
        await trail.SealAsync();

        var report = await trail.VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal((4, 2, 3), (report.Blocks, report.Rows, report.RemovedUpTo));
        Assert.Equal(1, await trail.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "audit.rows_removed")));
        Assert.Equal(0, await trail.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Sequence <= trail.Sequences[2])));
        // The old rows cannot be put back in another form either.
        await trail.SqlAsync($"UPDATE audit_events SET detail = replace(detail, 'blocks=1-3', 'blocks=1-2') WHERE name = 'audit.rows_removed'");
        Assert.Equal(AuditProblem.RowChanged, (await trail.VerifyAsync()).Fault!.Problem);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task Retention_is_what_the_province_decided_and_not_what_the_node_was_told(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        await trail.Provider.ImportAsync("""{ "policies": [{ "name": "retention", "audit_days": 3653 }] }""");
        trail.Provider.Clock!.Advance(TimeSpan.FromDays(365 * 6));
        Assert.Equal(0, await RemoveAsync(trail));

        await trail.Provider.ImportAsync("""{ "policies": [{ "name": "retention", "audit_days": 366 }] }""");

        Assert.True(await RemoveAsync(trail) > 6);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_deletion_dressed_as_retention_is_seen(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        await trail.SqlAsync("DELETE FROM audit_events WHERE sequence <= (SELECT last_sequence FROM audit_seals WHERE number = 1)");
        await trail.SqlAsync("UPDATE audit_seals SET leaves = NULL, rows_removed_at = sealed_at WHERE number = 1");
        await trail.AssertBrokenAsync(AuditProblem.RowsGone, 1);
        // Even with the row that retention would have left: the block is too young for it.
        await trail.WriteAsync("audit.rows_removed", "blocks=1-1 rows=9 before=2026-01-01");
        await trail.SealAsync();
        await trail.AssertBrokenAsync(AuditProblem.RowsGone, 1);
    }

    private static Task<int> RemoveAsync(SealedTrail trail) => trail.DoAsync(services => services.GetRequiredService<AuditRetention>().RemoveAsync(CancellationToken.None));

    private static async Task<long> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("INSERT INTO audit_events (at, name, outcome) VALUES (now(), 'code.issued', 'succeeded') RETURNING sequence", connection, transaction);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
