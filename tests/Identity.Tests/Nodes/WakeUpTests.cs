using System.Text.Json.Nodes;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Keys;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Domain.Storage.PostgreSql;
using Identity.Protocols.Jose;
using Identity.Tests.Conformance;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Nodes;

/// <summary>Two nodes on one database. On PostgreSQL they look by themselves once a minute only, so what they learn sooner they were told.</summary>
public sealed class WakeUpTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_client_that_one_node_imports_is_known_to_the_other(Engine engine)
    {
        await using var one = await TestProvider.StartAsync(engine, configure: Patient(engine));
        await using var other = await one.AddNodeAsync(Patient(engine));

        await one.ImportAsync(ClientDocument.Of("rp", client => client["client_id"] = "newcomer"));

        await Eventually.IsTrueAsync(() => Registry(other).FindClient("newcomer") is not null, "the other node knows the client");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_key_that_one_node_makes_is_published_by_the_other(Engine engine)
    {
        await using var one = await TestProvider.StartAsync(engine, configure: Patient(engine));
        await using var other = await one.AddNodeAsync(Patient(engine));

        await using var scope = one.Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<SigningKeyRing>().ReplaceAsync(
            scope.ServiceProvider.GetRequiredService<IdentityDb>(), scope.ServiceProvider.GetRequiredService<AuditTrail>(), JwsAlgorithms.Es256, CancellationToken.None);

        await Eventually.IsTrueAsync(async () => (await other.Http.GetStringAsync(new Uri("/.well-known/openid-configuration/jwks", UriKind.Relative))).Contains(key, StringComparison.Ordinal), "the other node publishes the key");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_node_that_lost_its_line_reads_what_it_missed(Engine engine)
    {
        await using var node = await TestProvider.StartAsync(engine, configure: Patient(engine));
        if (engine == Engine.PostgreSql) await Eventually.IsTrueAsync(async () => await LinesAsync(node) == 1, "the node listens");
        // A change that nobody calls about.
        await node.InDatabaseAsync(db => db.ConfigurationRevisions.ExecuteUpdateAsync(set => set.SetProperty(r => r.Revision, r => r.Revision + 1)));
        var stored = await node.InDatabaseAsync(db => db.ConfigurationRevisions.Select(r => r.Revision).SingleAsync());

        if (engine == Engine.PostgreSql)
            await node.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = {WakeUpLine.ApplicationName}"));

        await Eventually.IsTrueAsync(() => Registry(node).Revision == stored, "the node has read everything again");
        if (engine == Engine.PostgreSql) await Eventually.IsTrueAsync(() => node.Log.Lines.Any(line => line.Contains("heard again", StringComparison.Ordinal)), "the node listens again");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_logout_that_a_dead_node_owed_is_delivered_once_by_one_of_the_others(Engine engine)
    {
        await using var application = await ListeningApplication.StartAsync();
        await using var one = await TestProvider.StartAsync(engine, configure: Patient(engine));
        await one.ImportAsync(application.Registration);
        await using var other = await one.AddNodeAsync(Patient(engine));
        await using var third = await one.AddNodeAsync(Patient(engine));
        using var browser = one.NewBrowser();
        await application.RelyingParty(one).TokensAsync(browser, "lan", ("scope", "openid"));

        // What a node commits before it can raise its own signal.
        await one.InDatabaseAsync(async db => await EndAsync(one, await db.Sessions.SingleAsync()));

        Assert.Contains("logout_token", (await application.NextAsync()).Form.Keys);
        await Eventually.IsTrueAsync(() => one.InDatabaseAsync(db => db.LogoutDeliveries.AllAsync(d => d.State == LogoutDeliveryState.Delivered)), "the delivery is recorded");
        Assert.Equal(1, await one.InDatabaseAsync(db => db.LogoutDeliveries.Select(d => d.Attempts).SingleAsync()));
        Assert.True(application.IsQuiet);
    }

    private static async Task<int> EndAsync(TestProvider node, Session session)
    {
        await using var scope = node.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        Assert.True(await scope.ServiceProvider.GetRequiredService<SessionStore>().EndAsync(session.Id, "test", includeOffline: true, _ => true, CancellationToken.None));
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, CancellationToken.None);
        await transaction.CommitAsync();
        return 1;
    }

    private static Task<int> LinesAsync(TestProvider node) => node.InDatabaseAsync(db => db.Database.SqlQuery<int>(
        $"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND application_name = {WakeUpLine.ApplicationName}").SingleAsync());

    private static ClientRegistry Registry(TestProvider node) => node.Services.GetRequiredService<ClientRegistry>();

    private static Action<WebApplicationBuilder> Patient(Engine engine) => builder => builder.Configuration.AddInMemoryCollection(
        [KeyValuePair.Create("Node:PollInterval", (string?)(engine == Engine.PostgreSql ? "00:01:00" : "00:00:01"))]);
}
