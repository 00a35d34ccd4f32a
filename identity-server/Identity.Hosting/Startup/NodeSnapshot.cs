using Identity.Domain.Announcements;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

/// <summary>What this node holds in memory of the database: configuration and keys. Read whole at start and whenever the revision has moved.</summary>
public sealed class NodeSnapshot(IServiceScopeFactory scopes, ProtectionKeyRing protection, DataKeyRing data, SigningKeyRing signing,
    ClientRegistry registry, IOptions<NodeOptions> options, TimeProvider clock, ILogger<NodeSnapshot> log) : IDisposable
{
    /// <summary>This many looks may fail before the node counts as blind.</summary>
    private const int MissedLooks = 10;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private LoadedConfiguration? _loaded;
    private long _seenAt;

    /// <summary>Why what is held here is not to be trusted, or null.</summary>
    public string? Problem() =>
        signing.Published.Keys.Count == 0 ? "configuration and keys are not loaded yet"
        : clock.GetElapsedTime(Interlocked.Read(ref _seenAt)) > MissedLooks * options.Value.PollInterval ? "configuration and keys have not been compared with the database for too long"
        : null;

    /// <summary>Keys that sealed values hang on. Protection keys come first: the others are wrapped by them.</summary>
    public async Task LoadSealingKeysAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await protection.MaintainAsync(db, ct);
        await data.LoadAsync(db, ct);
    }

    /// <summary>Makes and retires keys as their timetable says.</summary>
    public async Task MaintainKeysAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<RequestOrigin>().Actor = "node";
        var db = services.GetRequiredService<IdentityDb>();
        await protection.MaintainAsync(db, ct);
        await signing.MaintainAsync(db, services.GetRequiredService<AuditTrail>(), ct);
        await services.GetRequiredService<AuditSealKeys>().MaintainAsync(ct);
    }

    /// <summary>Everything anew, whatever the revision says: after an outage nobody knows what was missed.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        await LoadSealingKeysAsync(ct);
        await RefreshAsync(ct);
    }

    public Task RefreshAsync(CancellationToken ct) => AloneAsync(ReadAllAsync, ct);

    public Task RefreshIfStaleAsync(CancellationToken ct) => AloneAsync(ReadIfStaleAsync, ct);

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>A wake-up and the poll may meet: the later reading must not be overwritten by the earlier.</summary>
    private async Task AloneAsync(Func<CancellationToken, Task> read, CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            await read(ct);
            Interlocked.Exchange(ref _seenAt, clock.GetTimestamp());
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task ReadAllAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        // The revision is read before the keys: a change in between is seen by the next poll.
        _loaded = await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().LoadAsync(_loaded, ct);
        var (document, revision) = (_loaded.Document, _loaded.Revision);
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await signing.LoadAsync(db, ct);
        await scope.ServiceProvider.GetRequiredService<AnnouncementBoard>().LoadAsync(db, ct);
        registry.Replace(document, revision);
        log.ConfigurationLoaded(revision, document.Clients.Count, document.Connectors.Count, signing.Published.Keys.Count);
    }

    private async Task ReadIfStaleAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<IdentityDb>().ConfigurationRevisions.AsNoTracking().Select(r => r.Revision).SingleAsync(ct);
        if (stored != registry.Revision) await ReadAllAsync(ct);
    }
}
