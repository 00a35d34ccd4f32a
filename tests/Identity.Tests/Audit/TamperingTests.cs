using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Protocols.Jose;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Audit;

/// <summary>Whoever can write to the database cannot change the past unseen; and the report names what was changed.</summary>
public sealed class TamperingTests
{
    public static TheoryData<Engine> Every => Engines.All;

    [Theory, MemberData(nameof(Every))]
    public async Task M15_An_untouched_trail_is_whole(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        await trail.WriteAsync("token.issued");
        var report = await trail.VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal((3, 1), (report.Blocks, report.Unsealed));
        Assert.Empty(report.Notices);
        Assert.Equal(3, report.Head!.Number);
        Assert.Equal(await trail.Provider.InDatabaseAsync(db => db.AuditSealKeys.Select(k => k.KeyId).ToListAsync()), report.Keys);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_change_of_any_column_of_a_row_is_named(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var row = trail.Sequences[1];
        var later = engine == Engine.Sqlite ? "datetime(at, '+1 second')" : "at + interval '1 second'";
        string[] changes =
        [
            $"at = {later}", "name = 'token.refused'", "outcome = 'failed'", "reason = NULL", "actor = 'nobody'", $"person_id = '{Guid.Empty}'", "client_id = 'rp-two'",
            $"session_id = '{Guid.Empty}'", "connector = NULL", "reference = NULL", "address = '192.0.2.8'", "port = 40124", "detail = ''",
        ];
        foreach (var change in changes)
        {
            await trail.SqlAsync($"CREATE TABLE kept AS SELECT * FROM audit_events WHERE sequence = {row}");
            Assert.Equal(1, await trail.SqlAsync($"UPDATE audit_events SET {change} WHERE sequence = {row}"));
            await trail.AssertBrokenAsync(AuditProblem.RowChanged, 2, row);
            var column = change.Split(' ')[0];
            await trail.SqlAsync($"UPDATE audit_events SET {column} = (SELECT {column} FROM kept) WHERE sequence = {row}");
            await trail.SqlAsync("DROP TABLE kept");
            await trail.AssertWholeAsync();
        }
        Assert.Equal(AuditInsert.ColumnCount, changes.Length);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_deleted_row_is_named_wherever_it_stood(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        foreach (var row in trail.Sequences.Reverse())
        {
            await trail.SqlAsync($"DELETE FROM audit_events WHERE sequence = {row}");
            await trail.AssertBrokenAsync(AuditProblem.RowMissing, 2, row);
        }
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_row_that_is_put_into_the_past_is_named(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        await CopyRowAsync(trail, engine, trail.Sequences[0], -5);
        await trail.AssertBrokenAsync(AuditProblem.RowAdded, 1, -5);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_row_that_is_put_into_a_gap_is_named(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        await BurnNumberAsync(trail, engine);
        var gap = await trail.Provider.InDatabaseAsync(db => db.AuditEvents.MaxAsync(e => e.Sequence)) + 1;
        await trail.WriteAsync("token.issued");
        await trail.SealAsync();
        Assert.Equal((gap + 1, 1), ((await trail.BlockAsync(4)).LastSequence, (await trail.BlockAsync(4)).RowCount));
        await trail.AssertWholeAsync();

        await CopyRowAsync(trail, engine, trail.Sequences[0], gap);
        await trail.AssertBrokenAsync(AuditProblem.RowAdded, 4, gap);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_Two_rows_that_changed_places_are_seen(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var (one, other) = (trail.Sequences[0], trail.Sequences[2]);
        await trail.SqlAsync($"UPDATE audit_events SET detail = CASE sequence WHEN {one} THEN 'row 2' ELSE 'row 0' END WHERE sequence IN ({one}, {other})");
        await trail.AssertBrokenAsync(AuditProblem.RowChanged, 2, one);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_clock_that_went_back_is_a_notice_and_no_fault(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        trail.Provider.Clock!.Advance(TimeSpan.FromHours(-1));
        await trail.WriteAsync("token.issued");
        await trail.SealAsync();
        var report = await trail.VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal(["block 4", $"row {(await trail.BlockAsync(4)).LastSequence}"], report.Notices.Select(n => string.Join(' ', n.Split(' ')[4..6])));
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_changed_block_is_named(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        await BreakAsync("UPDATE audit_seals SET statement = replace(statement, '.', 'A.') WHERE number = 2", AuditProblem.SignatureInvalid);
        await BreakAsync("UPDATE audit_seals SET statement = (SELECT statement FROM audit_seals_kept WHERE number = 3) WHERE number = 2", AuditProblem.BlockChanged);
        await BreakAsync("UPDATE audit_seals SET row_count = 2 WHERE number = 2", AuditProblem.BlockChanged);
        await BreakAsync("UPDATE audit_seals SET last_sequence = last_sequence - 1 WHERE number = 2", AuditProblem.BlockChanged);
        await BreakAsync("UPDATE audit_seals SET leaves = NULL WHERE number = 2", AuditProblem.LeavesChanged);
        await BreakAsync("UPDATE audit_seals SET leaves = (SELECT leaves FROM audit_seals_kept WHERE number = 3) WHERE number = 2", AuditProblem.LeavesChanged);
        await BreakAsync("DELETE FROM audit_seals WHERE number = 2", AuditProblem.BlockMissing);

        async Task BreakAsync(string sql, AuditProblem expected)
        {
            await trail.SqlAsync("CREATE TABLE audit_seals_kept AS SELECT * FROM audit_seals");
            await trail.SqlAsync(sql);
            await trail.AssertBrokenAsync(expected, 2);
            await trail.SqlAsync("DELETE FROM audit_seals");
            await trail.SqlAsync("INSERT INTO audit_seals SELECT * FROM audit_seals_kept");
            await trail.SqlAsync("DROP TABLE audit_seals_kept");
            await trail.AssertWholeAsync();
        }
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_history_rewritten_under_another_key_fails_the_pinned_one(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var pinned = (await trail.VerifyAsync()).Keys.Single();
        // All that the database holds, made anew: rows, blocks, key.
        await trail.SqlAsync($"DELETE FROM audit_events WHERE sequence = {trail.Sequences[1]}");
        await trail.SqlAsync("DELETE FROM audit_seals");
        await trail.DoAsync(services => services.GetRequiredService<AuditSealKeys>().RotateAsync(CancellationToken.None));
        await trail.SealAsync();
        await trail.AssertWholeAsync();
        Assert.Equal(new AuditFault(AuditProblem.SignatureInvalid, 1), (await trail.VerifyAsync([pinned])).Fault);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_foreign_key_under_the_pinned_name_is_not_believed(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var pinned = (await trail.VerifyAsync()).Keys.Single();
        using var foreign = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        await trail.DoAsync(async services =>
        {
            var db = services.GetRequiredService<IdentityDb>();
            var block = await db.AuditSeals.AsNoTracking().SingleAsync(s => s.Number == 1);
            var forged = foreign.Sign(AuditStatement.Type, Convert.FromBase64String(block.Statement.Split('.')[1].Replace('-', '+').Replace('_', '/').PadRight((block.Statement.Split('.')[1].Length + 3) / 4 * 4, '=')));
            await db.AuditSeals.Where(s => s.Number == 1).ExecuteUpdateAsync(set => set.SetProperty(s => s.Statement, forged));
            var jwk = System.Text.Encoding.UTF8.GetString(new JsonWebKeySet([foreign.PublicKey]).ToUtf8Bytes())["{\"keys\":[".Length..^2];
            return await db.AuditSealKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.PublicKey, jwk.Replace(foreign.KeyId, pinned, StringComparison.Ordinal)));
        });
        Assert.Equal(new AuditFault(AuditProblem.SignatureInvalid, 1), (await trail.VerifyAsync([pinned])).Fault);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task M15_A_cut_off_tail_shows_only_against_an_earlier_export(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var head = (await trail.VerifyAsync()).Head!;
        await trail.SqlAsync("DELETE FROM audit_events WHERE sequence > (SELECT last_sequence FROM audit_seals WHERE number = 2)");
        await trail.SqlAsync("DELETE FROM audit_seals WHERE number = 3");
        await trail.AssertWholeAsync();
        Assert.Equal(new AuditFault(AuditProblem.DiffersFromExport, 3), (await trail.VerifyAsync(known: head)).Fault);

        // Growing a new tail does not help.
        await trail.WriteAsync("token.issued");
        await trail.SealAsync();
        Assert.Equal(new AuditFault(AuditProblem.DiffersFromExport, 3), (await trail.VerifyAsync(known: head)).Fault);
    }

    [Theory, MemberData(nameof(Every))]
    public async Task A_rotated_key_leaves_its_blocks_provable(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        var old = (await trail.VerifyAsync()).Keys.Single();
        var next = await trail.DoAsync(services => services.GetRequiredService<AuditSealKeys>().RotateAsync(CancellationToken.None));
        await trail.SealAsync();
        var report = await trail.VerifyAsync([old, next]);
        Assert.Null(report.Fault);
        Assert.Equal([.. new[] { old, next }.Order(StringComparer.Ordinal)], report.Keys);
        Assert.Equal(4, (await trail.VerifyAsync([old])).Fault!.Block);
        Assert.Null((await trail.VerifyAsync([next], from: 4)).Fault);
        Assert.Null(await trail.Provider.InDatabaseAsync(db => db.AuditSealKeys.Where(k => k.KeyId == old).Select(k => k.SealedPrivateKey).SingleAsync()));
    }

    private static async Task CopyRowAsync(SealedTrail trail, Engine engine, long from, long to) => Assert.Equal(1, await trail.SqlAsync($"""
        INSERT INTO audit_events (sequence, {AuditInsert.Columns}) {(engine == Engine.PostgreSql ? "OVERRIDING SYSTEM VALUE" : "")}
        SELECT {to}, {AuditInsert.Columns} FROM audit_events WHERE sequence = {from}
        """));

    /// <summary>What a rolled-back transaction does on PostgreSQL; SQLite takes the number back, so there the counter is turned.</summary>
    private static Task<int> BurnNumberAsync(SealedTrail trail, Engine engine) => trail.SqlAsync(engine == Engine.PostgreSql
        ? "SELECT nextval(pg_get_serial_sequence('audit_events', 'sequence'))"
        : "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'audit_events'");
}
