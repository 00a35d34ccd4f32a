using Identity.Domain.Keys;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Storage;

public sealed class NodeStartTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_first_start_migrates_and_makes_one_key_per_algorithm(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var node = database.Node();
        await node.StartAsync();
        await using var scope = node.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(["ES256", "RS256"], await db.SigningKeys.Select(k => k.Algorithm).OrderBy(a => a).ToListAsync());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_migrations_say_what_the_model_says(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var node = database.Node();
        await using var scope = node.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<IdentityDb>().Database.HasPendingModelChanges());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_nodes_that_start_together_share_every_key(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var first = database.Node();
        // The master key is the one thing that an operator gives to both.
        _ = first.Services.GetRequiredService<MasterKey>();
        await using var second = database.Node();
        await Task.WhenAll(Task.Run(() => first.StartAsync()), Task.Run(() => second.StartAsync()));

        await using var scope = first.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        Assert.Equal(1, await db.DataKeys.CountAsync());
        Assert.Equal(1, await db.ProtectionKeys.CountAsync());
        Assert.Equal(SigningKeyRing.Algorithms.Count, await db.SigningKeys.CountAsync());
        Assert.Equal(Published(first), Published(second));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_database_of_a_newer_version_is_refused(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using (var node = database.Node())
        {
            await node.StartAsync();
            await using var scope = node.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Future', '99.0.0')""");
            await node.StopAsync();
        }
        await using var old = database.Node();
        var refusal = await Assert.ThrowsAsync<StartupException>(() => old.StartAsync());
        Assert.Contains("newer version (99990101000000_Future)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_may_not_migrate_says_which_command_does()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        await using var node = database.Node(("Storage:MigrateAtStart", "false"));
        var refusal = await Assert.ThrowsAsync<StartupException>(() => node.StartAsync());
        Assert.Contains("`migrate`", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_master_key_opens_nothing()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        await using (var node = database.Node()) await node.StartAsync();
        var other = Path.Combine(Path.GetTempPath(), $"identity-{Guid.NewGuid():N}.key");
        await using var stranger = database.Node(("Storage:MasterKeyFile", other));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => stranger.StartAsync());
        File.Delete(other);
    }

    [Fact]
    public async Task A_missing_master_key_is_not_made_anew_unless_it_is_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        var missing = Path.Combine(Path.GetTempPath(), $"identity-{Guid.NewGuid():N}.key");
        await Assert.ThrowsAsync<FileNotFoundException>(async () =>
        {
            await using var node = database.Node(("Storage:MasterKeyFile", missing), ("Storage:CreateMasterKey", "false"));
            await node.StartAsync();
        });
        Assert.False(File.Exists(missing));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_lost_data_key_is_not_replaced_while_something_is_sealed_under_it(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using (var node = database.Node())
        {
            await node.StartAsync();
            await using var scope = node.Services.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<LocalAccounts>();
            await accounts.CreateAsync("lan", "kenh-xanh-chin-chiec-cau", new Dictionary<string, string> { [AttributeNames.Name] = "Nguyễn Thị Lan" }, isAdministrator: false, default);
            await scope.ServiceProvider.GetRequiredService<IdentityDb>().DataKeys.ExecuteDeleteAsync();
            await node.StopAsync();
        }
        await using var next = database.Node();
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => next.StartAsync());
        Assert.Contains("data_keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_private_key_is_readable_in_the_database()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        await using var node = database.Node();
        await node.StartAsync();
        await using var scope = node.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        foreach (var key in await db.SigningKeys.ToListAsync())
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            {
                using var parsed = System.Security.Cryptography.RSA.Create();
                parsed.ImportPkcs8PrivateKey(Convert.FromBase64String(key.SealedPrivateKey), out _);
            });
        Assert.All(await db.ProtectionKeys.Select(k => k.Xml).ToListAsync(), xml => Assert.DoesNotContain("<masterKey ", xml, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Published(WebApplication node) =>
        node.Services.GetRequiredService<SigningKeyRing>().Published.Keys.Select(k => k.KeyId!).Order(StringComparer.Ordinal);
}
