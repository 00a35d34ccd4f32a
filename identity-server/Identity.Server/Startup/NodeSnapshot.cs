using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Startup;

/// <summary>What this node holds in memory of the database: configuration and keys. Read whole at start and whenever the revision has moved.</summary>
public sealed class NodeSnapshot(IServiceScopeFactory scopes, ProtectionKeyRing protection, DataKeyRing data, SigningKeyRing signing,
    ClientRegistry registry, ILogger<NodeSnapshot> log)
{
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

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        // The revision is read before the keys: a change in between is seen by the next poll.
        var (document, revision) = await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().LoadAsync(ct);
        await signing.LoadAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct);
        registry.Replace(document, revision);
        log.ConfigurationLoaded(revision, document.Clients.Count, document.Connectors.Count, signing.Published.Keys.Count);
    }

    public async Task RefreshIfStaleAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<IdentityDb>().ConfigurationRevisions.AsNoTracking().Select(r => r.Revision).SingleAsync(ct);
        if (stored != registry.Revision) await RefreshAsync(ct);
    }
}
