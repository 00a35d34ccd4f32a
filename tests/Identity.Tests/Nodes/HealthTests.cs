using System.Diagnostics;
using System.Net;
using Identity.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Identity.Tests.Nodes;

public sealed class HealthTests
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_node_without_its_storage_is_alive_and_not_ready_until_it_is_back(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        Assert.Equal((HttpStatusCode.OK, "ready"), await AskAsync(provider, Ready));

        await using (await OutageAsync(provider, engine))
        {
            await Eventually.IsTrueAsync(async () => await AskAsync(provider, Ready) == (HttpStatusCode.ServiceUnavailable, "not ready"), "the node says that it is not ready");
            Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(provider, Live));
        }

        await Eventually.IsTrueAsync(async () => await AskAsync(provider, Ready) == (HttpStatusCode.OK, "ready"), "the node is ready again");
        // The log has the reason, and has it once however often it was asked for.
        Assert.InRange(provider.Log.Lines.Count(line => line.Contains("Not ready: ", StringComparison.Ordinal)), 1, 2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_node_serves_on_while_a_newer_version_migrates(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Future', '99.0.0')"""));
        await Task.Delay(TimeSpan.FromSeconds(1.2));    // the shared probe is a second old by then
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(provider, Ready)).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_schema_that_went_back_is_not_ready(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")"""));
        await Eventually.IsTrueAsync(async () => (await AskAsync(provider, Ready)).Status == HttpStatusCode.ServiceUnavailable, "the node says that it is not ready");
        Assert.Contains(provider.Log.Lines, line => line.Contains("lacks 1 migration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_questions_are_one_probe_a_second()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder =>
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Logging:LogLevel:Microsoft.EntityFrameworkCore.Database", (string?)"Information")]));
        int Statements() => provider.Log.Lines.Count(line => line.Contains("__EFMigrationsHistory", StringComparison.Ordinal) && line.Contains("Executed", StringComparison.Ordinal));
        var before = Statements();
        await AskAsync(provider, Ready);
        var perProbe = Statements() - before;
        Assert.InRange(perProbe, 1, 5);

        (before, var watch) = (Statements(), Stopwatch.StartNew());
        for (var i = 0; i < 50; i++) await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(provider, Ready)));

        Assert.InRange(Statements() - before, 0, perProbe * (watch.Elapsed.Seconds + 2));
    }

    [Fact]
    public async Task A_load_balancer_may_ask_over_plain_http_and_leaves_no_trace()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder =>
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Oidc:Issuer", (string?)"https://dangnhap.anbinh.example")]));
        var rows = await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync());

        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(provider, "/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(provider, Live)).Status);
        using var reply = await provider.Http.GetAsync(new Uri(Ready, UriKind.Relative));

        Assert.Equal("no-store", reply.Headers.CacheControl?.ToString());
        Assert.Equal(rows, await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync()));
        using var post = await provider.Http.PostAsync(new Uri(Ready, UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(TestProvider provider, string path)
    {
        using var reply = await provider.Http.GetAsync(new Uri(path, UriKind.Relative));
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    /// <summary>The server lets nobody in; or, beside the file, nothing can be written.</summary>
    private static async Task<IAsyncDisposable> OutageAsync(TestProvider provider, Engine engine)
    {
        if (engine == Engine.Sqlite)
        {
            var probe = Directory.CreateDirectory(new SqliteConnectionStringBuilder(provider.ConnectionString).DataSource + ".probe");
            return new End(() => { probe.Delete(); return Task.CompletedTask; });
        }
        var database = new NpgsqlConnectionStringBuilder(provider.ConnectionString).Database;
        await OnServerAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        await OnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        return new End(() => OnServerAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS true"));
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Engines.PostgreSqlServer) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class End(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
