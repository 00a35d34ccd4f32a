using Identity.Domain.Configuration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Configuration;

/// <summary>A node reads what has changed and keeps the rest: with fifty thousand applications a change of one must not cost all.</summary>
public sealed class RereadingTests
{
    public static TheoryData<Engine> Every => Engines.All;

    [Theory, MemberData(nameof(Every))]
    public async Task Only_what_has_changed_is_read_again(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        var before = await LoadAsync(provider, null);
        var changed = before.Document.Clients[0].ClientId;
        await provider.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == ConfigurationStore.ClientKind && i.Name == changed)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Version, i => i.Version + 1)));
        var after = await LoadAsync(provider, before);
        Assert.Equal(before.Document.Clients.Select(c => c.ClientId), after.Document.Clients.Select(c => c.ClientId));
        Assert.NotSame(before.Document.Clients[0], after.Document.Clients[0]);
        Assert.All(before.Document.Clients.Zip(after.Document.Clients).Skip(1), pair => Assert.Same(pair.First, pair.Second));
        Assert.All(before.Document.Connectors.Zip(after.Document.Connectors), pair => Assert.Same(pair.First, pair.Second));
    }

    [Theory, MemberData(nameof(Every))]
    public async Task What_was_removed_is_gone_and_what_nobody_here_knows_is_left_alone(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        var before = await LoadAsync(provider, null);
        var removed = before.Document.Clients[0].ClientId;
        await provider.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == ConfigurationStore.ClientKind && i.Name == removed).ExecuteDeleteAsync());
        await provider.InDatabaseAsync(async db =>
        {
            db.ConfigurationItems.Add(new() { Kind = "of-a-newer-version", Name = "x", Document = "{}" });
            return await db.SaveChangesAsync();
        });
        var after = await LoadAsync(provider, before);
        Assert.Equal(before.Document.Clients.Skip(1), after.Document.Clients);
        Assert.Equal(before.Document.Clients.Count - 1, after.Document.Clients.Count);
    }

    private static async Task<LoadedConfiguration> LoadAsync(TestProvider provider, LoadedConfiguration? before)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().LoadAsync(before, CancellationToken.None);
    }
}
