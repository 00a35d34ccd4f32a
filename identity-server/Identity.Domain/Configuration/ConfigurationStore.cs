using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>The configuration at rest: one document per item, every version kept, one revision that tells all nodes to read again.</summary>
public sealed class ConfigurationStore(IdentityDb db, ConfigurationReader reader, StoredItems items)
{
    public const string ClientKind = "client";
    public const string ConnectorKind = "connector";
    public const string ScopeKind = "scope";
    public const string ResourceKind = "resource";
    public const string SectorKind = "sector";
    public const string PolicyKind = "policy";

    internal static readonly string[] Kinds = [SectorKind, ScopeKind, ResourceKind, ConnectorKind, ClientKind, PolicyKind];

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
                case ConfigurationRead.Accepted accepted: return new ConfigurationImport(await StoreAsync(KeepingDates(accepted.Document, current), new ChangeNote(changedBy, reason), ct), []);
                default: throw new InvalidOperationException("A configuration is accepted or refused.");
            }
        }, ct);

    /// <summary>A secret that is stored already keeps the date it came with: importing a file twice changes nothing.</summary>
    internal static ConfigurationDocument KeepingDates(ConfigurationDocument document, ConfigurationDocument current)
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
        var read = stored.Where(i => known.TryGetValue((i.Kind, i.Name), out var item) && item.Version == i.Version).ToDictionary(i => (i.Kind, i.Name), i => known[(i.Kind, i.Name)]);
        if (stored.Count - read.Count > Few) await ReadAllAsync(read, ct);
        else foreach (var missing in stored.Where(i => !read.ContainsKey((i.Kind, i.Name))).ToList()) await ReadAsync(missing.Kind, missing.Name, read, ct);
        return new LoadedConfiguration(StoredItems.ToDocument(read), revision, read);
    }

    /// <summary>Row by row: the text of an item is garbage as soon as it is parsed.</summary>
    private async Task ReadAllAsync(Dictionary<(string, string), LoadedItem> read, CancellationToken ct)
    {
        await foreach (var item in db.ConfigurationItems.AsNoTracking().Where(i => Kinds.Contains(i.Kind)).AsAsyncEnumerable().WithCancellation(ct))
            if (!read.ContainsKey((item.Kind, item.Name))) read[(item.Kind, item.Name)] = new(item.Version, items.Parse(item));
    }

    private async Task ReadAsync(string kind, string name, Dictionary<(string, string), LoadedItem> read, CancellationToken ct)
    {
        if (await db.ConfigurationItems.AsNoTracking().SingleOrDefaultAsync(i => i.Kind == kind && i.Name == name, ct) is { } item)
            read[(kind, name)] = new(item.Version, items.Parse(item));
    }

    /// <summary>Inside a transaction that holds the lock.</summary>
    internal async Task<int> StoreAsync(ConfigurationDocument document, ChangeNote note, CancellationToken ct)
    {
        var stored = await db.ConfigurationItems.ToDictionaryAsync(i => (i.Kind, i.Name), ct);
        var removed = await db.ConfigurationVersions.Where(v => v.Document == null).GroupBy(v => new { v.Kind, v.Name })
            .Select(g => new { g.Key.Kind, g.Key.Name, Last = g.Max(v => v.Version) }).ToDictionaryAsync(v => (v.Kind, v.Name), v => v.Last, ct);
        var changes = 0;
        foreach (var text in ItemText.Of(document))
        {
            var item = stored.GetValueOrDefault((text.Kind, text.Name));
            if (item is not null && items.Holds(item, text)) continue;
            items.Write(item, text, item?.Version ?? removed.GetValueOrDefault((text.Kind, text.Name)), note);
            changes++;
        }
        if (changes > 0) await ConfigurationRevision.BumpAsync(db, ct);
        await db.SaveChangesAsync(ct);
        return changes;
    }
}

/// <param name="Changes">Items that were new or different; 0 when the file says what is stored already.</param>
public sealed record ConfigurationImport(int Changes, IReadOnlyList<ConfigurationError> Errors);
