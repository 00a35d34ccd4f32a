using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>The configuration at rest: one document per item, every version kept, one revision that tells all nodes to read again.</summary>
public sealed class ConfigurationStore(IdentityDb db, ConfigurationReader reader, PersonalDataVault vault, AuditTrail audit, TimeProvider clock)
{
    public const string ClientKind = "client";
    public const string ConnectorKind = "connector";
    public const string ScopeKind = "scope";
    public const string ResourceKind = "resource";
    public const string SectorKind = "sector";

    private static readonly string[] Kinds = [SectorKind, ScopeKind, ResourceKind, ConnectorKind, ClientKind];

    /// <summary>Up to so many changed items are read one by one.</summary>
    private const int Few = 100;

    /// <summary>Lays the file over what is stored, or changes nothing and returns every error of the file.</summary>
    public Task<ConfigurationImport> ImportAsync(ReadOnlyMemory<byte> utf8Json, string changedBy, string? reason, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.Configuration, async () =>
        {
            var (current, _) = await LoadAsync(ct);
            switch (reader.Read(utf8Json, current))
            {
                case ConfigurationRead.Refused refused: return new ConfigurationImport(0, refused.Errors);
                case ConfigurationRead.Accepted accepted: return new ConfigurationImport(await StoreAsync(KeepingDates(accepted.Document, current), changedBy, reason, ct), []);
                default: throw new InvalidOperationException("A configuration is accepted or refused.");
            }
        }, ct);

    /// <summary>A secret that is stored already keeps the date it came with: importing a file twice changes nothing.</summary>
    private static ConfigurationDocument KeepingDates(ConfigurationDocument document, ConfigurationDocument current)
    {
        var known = current.Clients.SelectMany(client => client.Secrets, (client, secret) => (Key: (client.ClientId, secret.Sha256), secret.CreatedAt))
            .DistinctBy(secret => secret.Key).ToDictionary(secret => secret.Key, secret => secret.CreatedAt);
        return document with
        {
            Clients =
            [
                .. document.Clients.Select(client => client with
                {
                    Secrets = [.. client.Secrets.Select(secret => known.TryGetValue((client.ClientId, secret.Sha256), out var since) ? secret with { CreatedAt = since } : secret)],
                }),
            ],
        };
    }

    /// <summary>Everything as stored, with the revision it was read at.</summary>
    public async Task<(ConfigurationDocument Document, long Revision)> LoadAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(before: null, ct);
        return (loaded.Document, loaded.Revision);
    }

    /// <summary>The same; items that <paramref name="before"/> holds in the stored version are not read again. A change of one among fifty thousand applications costs one.</summary>
    public async Task<LoadedConfiguration> LoadAsync(LoadedConfiguration? before, CancellationToken ct)
    {
        // The revision first: a change in between makes the next poll read again, never the other way round.
        var revision = await db.ConfigurationRevisions.AsNoTracking().Select(r => r.Revision).SingleAsync(ct);
        var known = before?.Items ?? new Dictionary<(string, string), LoadedItem>();
        // A newer version beside this one may store what this one does not know.
        var stored = await db.ConfigurationItems.AsNoTracking().Where(i => Kinds.Contains(i.Kind)).Select(i => new { i.Kind, i.Name, i.Version }).ToListAsync(ct);
        var items = stored.Where(i => known.TryGetValue((i.Kind, i.Name), out var item) && item.Version == i.Version).ToDictionary(i => (i.Kind, i.Name), i => known[(i.Kind, i.Name)]);
        if (stored.Count - items.Count > Few) await ReadAllAsync(items, ct);
        else foreach (var missing in stored.Where(i => !items.ContainsKey((i.Kind, i.Name))).ToList()) await ReadAsync(missing.Kind, missing.Name, items, ct);
        return new LoadedConfiguration(ToDocument(items), revision, items);
    }

    /// <summary>Row by row: the text of an item is garbage as soon as it is parsed.</summary>
    private async Task ReadAllAsync(Dictionary<(string, string), LoadedItem> items, CancellationToken ct)
    {
        await foreach (var item in db.ConfigurationItems.AsNoTracking().Where(i => Kinds.Contains(i.Kind)).AsAsyncEnumerable().WithCancellation(ct))
            if (!items.ContainsKey((item.Kind, item.Name))) items[(item.Kind, item.Name)] = new(item.Version, Parse(item));
    }

    private async Task ReadAsync(string kind, string name, Dictionary<(string, string), LoadedItem> items, CancellationToken ct)
    {
        if (await db.ConfigurationItems.AsNoTracking().SingleOrDefaultAsync(i => i.Kind == kind && i.Name == name, ct) is { } item)
            items[(kind, name)] = new(item.Version, Parse(item));
    }

    private object Parse(ConfigurationItem item) => item.Kind switch
    {
        SectorKind => Accept(item, ConfigurationReader.ReadSector(item.Document)),
        ScopeKind => Accept(item, ConfigurationReader.ReadScope(item.Document)),
        ResourceKind => Accept(item, ConfigurationReader.ReadResource(item.Document)),
        ConnectorKind => Accept(item, reader.ReadConnector(item.Document, OpenSecret(item))),
        _ => Accept(item, reader.ReadClient(item.Document)),
    };

    private static ConfigurationDocument ToDocument(Dictionary<(string Kind, string Name), LoadedItem> items)
    {
        T[] Of<T>(string kind) => [.. items.Where(i => i.Key.Kind == kind).OrderBy(i => i.Key.Name, StringComparer.Ordinal).Select(i => (T)i.Value.Item)];
        return new ConfigurationDocument
        {
            Sectors = Of<Sector>(SectorKind),
            Scopes = Of<Scope>(ScopeKind),
            Resources = Of<Resource>(ResourceKind),
            Connectors = Of<ConnectorRegistration>(ConnectorKind),
            Clients = Of<Client>(ClientKind),
        };
    }

    private async Task<int> StoreAsync(ConfigurationDocument document, string changedBy, string? reason, CancellationToken ct)
    {
        var stored = await db.ConfigurationItems.ToDictionaryAsync(i => (i.Kind, i.Name), ct);
        var clients = document.Clients.ToDictionary(c => c.ClientId, StringComparer.Ordinal);
        var changes = 0;
        foreach (var (kind, name, text, secret) in Items(document))
        {
            var item = stored.GetValueOrDefault((kind, name));
            if (item is not null && item.Document == text && OpenSecret(item) == secret) continue;
            Change(item, kind, name, text, secret, changedBy, reason);
            if (kind == ClientKind) AuditRelaxations(clients[name]);
            changes++;
        }
        if (changes > 0) await ConfigurationRevision.BumpAsync(db, ct);
        await db.SaveChangesAsync(ct);
        return changes;
    }

    private void Change(ConfigurationItem? item, string kind, string name, string text, string? secret, string changedBy, string? reason)
    {
        var now = clock.GetUtcNow();
        if (item is null) db.ConfigurationItems.Add(item = new() { Kind = kind, Name = name, Document = text });
        item.Version++;
        item.Document = text;
        item.SealedSecret = secret is null ? null : vault.Seal(VaultPurpose.ConnectorSecret, name, secret);
        item.ChangedAt = now;
        db.ConfigurationVersions.Add(new() { Kind = kind, Name = name, Version = item.Version, Document = text, ChangedAt = now, ChangedBy = changedBy, Reason = reason });
        audit.Add($"{kind}.changed", clientId: kind == ClientKind ? name : null, connector: kind == ConnectorKind ? name : null, detail: $"{name} version {item.Version}");
    }

    /// <summary>What is weaker than the standard profile stands in the trail by name.</summary>
    private void AuditRelaxations(Client client)
    {
        foreach (var relaxation in client.Relaxations)
            audit.Add("client.relaxed", clientId: client.ClientId, detail: WireNames.Relaxations.Of(relaxation));
    }

    private static IEnumerable<(string Kind, string Name, string Document, string? Secret)> Items(ConfigurationDocument document) =>
    [
        .. document.Sectors.Select(s => (SectorKind, s.Name, ConfigurationWriter.Write(s), (string?)null)),
        .. document.Scopes.Select(s => (ScopeKind, s.Name, ConfigurationWriter.Write(s), (string?)null)),
        .. document.Resources.Select(r => (ResourceKind, r.Name, ConfigurationWriter.Write(r), (string?)null)),
        .. document.Connectors.Select(c => (ConnectorKind, c.Name, ConfigurationWriter.Write(c), ConnectorSecret.ToStored(c.Secrets))),
        .. document.Clients.Select(c => (ClientKind, c.ClientId, ConfigurationWriter.Write(c), (string?)null)),
    ];

    private string? OpenSecret(ConfigurationItem item) =>
        item.SealedSecret is { } box ? vault.Open(VaultPurpose.ConnectorSecret, item.Name, box) : null;

    private static T Accept<T>(ConfigurationItem item, ItemRead<T> read) => read switch
    {
        ItemRead<T>.Accepted accepted => accepted.Item,
        ItemRead<T>.Refused refused => throw new InvalidOperationException(
            $"The stored {item.Kind} '{item.Name}' cannot be read by this version: {string.Join("; ", refused.Errors)}"),
        _ => throw new InvalidOperationException("An item is accepted or refused."),
    };
}

/// <param name="Changes">Items that were new or different; 0 when the file says what is stored already.</param>
public sealed record ConfigurationImport(int Changes, IReadOnlyList<ConfigurationError> Errors);
