using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Configuration;

/// <summary>Administrators at the configuration of a province of their own.</summary>
internal sealed class ConfigurationDesk(TestProvider provider) : IAsyncDisposable
{
    public static readonly ItemKey Client = new(ConfigurationStore.ClientKind, "rp");

    public TestProvider Provider => provider;
    public AdminActor Administrator { get; } = Actor(AdminRole.Administrator);
    public AdminActor Reviewer { get; } = Actor(AdminRole.Reviewer);

    public static async Task<ConfigurationDesk> OpenAsync(Engine engine) => new(await TestProvider.StartAsync(engine));

    public static AdminActor Actor(AdminRole role, Guid? unit = null) => new(Guid.CreateVersion7(), [new HeldRole(Guid.CreateVersion7(), role, unit, RoleAssignmentKind.Standing, null)], []);

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = provider.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<ItemState> StateAsync(ItemKey? item = null) => (await WithAsync((ItemHistory history) => history.FindAsync(Administrator, item ?? Client, CancellationToken.None)))!;

    /// <summary>What stands now with one thing changed.</summary>
    public async Task<ItemEdit> EditAsync(Action<JsonObject> change, ItemKey? item = null)
    {
        var state = await StateAsync(item);
        var document = JsonNode.Parse(state.Document!)!.AsObject();
        change(document);
        return new ItemEdit(state.Item, state.Version, document.ToJsonString(), "kiểm thử");
    }

    public Task<ItemOutcome> ChangeAsync(ItemEdit edit, AdminActor? actor = null) => WithAsync((ItemChanges changes) => changes.ChangeAsync(actor ?? Administrator, edit, CancellationToken.None));

    public Task<ItemOutcome> ProposeAsync(ItemEdit edit, AdminActor? actor = null) => WithAsync((ConfigurationProposals proposals) => proposals.ProposeAsync(actor ?? Administrator, edit, CancellationToken.None));

    public Task<ItemOutcome> ApproveAsync(Guid id, AdminActor? actor = null) => WithAsync((ConfigurationProposals proposals) => proposals.ApproveAsync(actor ?? Reviewer, id, "đã xem", CancellationToken.None));

    public async Task<int> ChangeByTwoAsync(Action<JsonObject> change, ItemKey? item = null)
    {
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await ProposeAsync(await EditAsync(change, item)));
        return Assert.IsType<ItemOutcome.Changed>(await ApproveAsync(proposed.Id)).Version;
    }

    public Task<ItemOutcome> RollBackAsync(int toVersion, int baseVersion, ItemKey? item = null) =>
        WithAsync((ItemRollbacks rollbacks) => rollbacks.RollBackAsync(Administrator, item ?? Client, toVersion, baseVersion, null, CancellationToken.None));

    public Task<int> AuditedAsync(string name) => provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == name));

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
