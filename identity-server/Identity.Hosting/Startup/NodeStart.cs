using Identity.Domain.Storage;
using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

/// <summary>Everything that must be true before the first request: a schema that fits, keys, configuration. Runs before the listener opens.</summary>
public sealed class NodeStart(IServiceScopeFactory scopes, NodeSnapshot snapshot, IOptions<StorageOptions> storage, ILogger<NodeStart> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (storage.Value.MigrateAtStart) await MigrateAsync(cancellationToken);
        await RequireSchemaAsync(cancellationToken);
        await snapshot.LoadSealingKeysAsync(cancellationToken);
        await snapshot.MaintainKeysAsync(cancellationToken);
        await snapshot.RefreshAsync(cancellationToken);
    }

    /// <summary>Returns how many migrations were missing.</summary>
    public async Task<int> MigrateAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        switch (await StorageSchema.JudgeAsync(db, ct))
        {
            case SchemaVerdict.Newer newer: throw TooNew(newer);
            case SchemaVerdict.Outdated outdated:
                await StorageSchema.MigrateAsync(db, ct);
                log.Migrated(outdated.Missing.Count);
                return outdated.Missing.Count;
            default: return 0;
        }
    }

    public async Task RequireSchemaAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        switch (await StorageSchema.JudgeAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct))
        {
            case SchemaVerdict.Newer newer: throw TooNew(newer);
            case SchemaVerdict.Outdated outdated:
                throw new StartupException($"The database lacks {outdated.Missing.Count} migration(s) of this version: run the command `migrate` once, then start again.");
        }
    }

    private static StartupException TooNew(SchemaVerdict.Newer newer) => new(
        $"The database has been migrated by a newer version ({newer.Migration}): start that version, or restore the backup that was taken before the upgrade.");

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
