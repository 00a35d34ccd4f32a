using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Policies;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>The rows of the configuration. Whoever writes holds <see cref="StorageLockName.Configuration"/>, bumps the revision and saves.</summary>
public sealed class StoredItems(IdentityDb db, ConfigurationReader reader, PersonalDataVault vault, AuditTrail audit, TimeProvider clock)
{
    internal object Parse(ConfigurationItem item) => item.Kind switch
    {
        ConfigurationStore.SectorKind => Accept(item, ConfigurationReader.ReadSector(item.Document)),
        ConfigurationStore.ScopeKind => Accept(item, ConfigurationReader.ReadScope(item.Document)),
        ConfigurationStore.ResourceKind => Accept(item, ConfigurationReader.ReadResource(item.Document)),
        ConfigurationStore.ConnectorKind => Accept(item, reader.ReadConnector(item.Document, Open(item.Name, item.SealedSecret))),
        ConfigurationStore.PolicyKind => Accept(item, ConfigurationReader.ReadPolicy(item.Document)),
        _ => Accept(item, reader.ReadClient(item.Document)),
    };

    internal static ConfigurationDocument ToDocument(IReadOnlyDictionary<(string Kind, string Name), LoadedItem> items)
    {
        T[] Of<T>(string kind) => [.. items.Where(i => i.Key.Kind == kind).OrderBy(i => i.Key.Name, StringComparer.Ordinal).Select(i => (T)i.Value.Item)];
        return new ConfigurationDocument
        {
            Sectors = Of<Sector>(ConfigurationStore.SectorKind),
            Scopes = Of<Scope>(ConfigurationStore.ScopeKind),
            Resources = Of<Resource>(ConfigurationStore.ResourceKind),
            Connectors = Of<ConnectorRegistration>(ConfigurationStore.ConnectorKind),
            Clients = Of<Client>(ConfigurationStore.ClientKind),
            Policies = Of<Policy>(ConfigurationStore.PolicyKind),
        };
    }

    /// <summary>All that a change of this one item must go together with. No client depends on another one: among fifty thousand of them that is milliseconds instead of seconds. A policy depends on nothing.</summary>
    internal async Task<ConfigurationDocument> AroundAsync(string kind, string name, CancellationToken ct)
    {
        var (kinds, all) = (kind == ConfigurationStore.PolicyKind ? [kind] : ConfigurationStore.Kinds, kind != ConfigurationStore.ClientKind);
        var rows = db.ConfigurationItems.AsNoTracking().Where(i => kinds.Contains(i.Kind) && (all || i.Kind != ConfigurationStore.ClientKind || i.Name == name));
        var items = new Dictionary<(string, string), LoadedItem>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct)) items[(row.Kind, row.Name)] = new(row.Version, Parse(row));
        return ToDocument(items);
    }

    /// <summary>The version that stands now; of an item that was removed, the one that removed it; 0 for one that never was.</summary>
    internal async Task<int> VersionAsync(string kind, string name, CancellationToken ct) =>
        await db.ConfigurationVersions.Where(v => v.Kind == kind && v.Name == name).MaxAsync(v => (int?)v.Version, ct) ?? 0;

    internal bool Holds(ConfigurationItem item, ItemText text) => item.Document == text.Document && Open(item.Name, item.SealedSecret) == text.Secret;

    internal string? Open(string name, string? box) => box is null ? null : vault.Open(VaultPurpose.ConnectorSecret, name, box);

    internal string? Seal(ItemText text) => text.Secret is null ? null : vault.Seal(VaultPurpose.ConnectorSecret, text.Name, text.Secret);

    /// <param name="after">The version that this one follows.</param>
    internal int Write(ConfigurationItem? item, ItemText text, int after, ChangeNote note)
    {
        if (item is null) db.ConfigurationItems.Add(item = new() { Kind = text.Kind, Name = text.Name, Document = text.Document });
        (item.Version, item.Document, item.SealedSecret, item.ChangedAt) = (after + 1, text.Document, Seal(text), clock.GetUtcNow());
        Append(text.Kind, text.Name, item, note);
        if (text.Kind == ConfigurationStore.ClientKind) AuditRelaxations(item);
        return item.Version;
    }

    internal int Remove(ConfigurationItem item, ChangeNote note)
    {
        db.ConfigurationItems.Remove(item);
        db.ConfigurationVersions.Add(Version(item.Kind, item.Name, item.Version + 1, document: null, note));
        Audit(item.Kind, item.Name, "removed", item.Version + 1, note);
        return item.Version + 1;
    }

    private void Append(string kind, string name, ConfigurationItem item, ChangeNote note)
    {
        db.ConfigurationVersions.Add(Version(kind, name, item.Version, item.Document, note, item.SealedSecret));
        Audit(kind, name, note.RolledBackTo is null ? "changed" : "rolled_back", item.Version, note);
    }

    private ConfigurationVersion Version(string kind, string name, int version, string? document, ChangeNote note, string? sealedSecret = null) => new()
    {
        Kind = kind, Name = name, Version = version, Document = document, SealedSecret = sealedSecret, ChangedAt = clock.GetUtcNow(),
        ChangedBy = note.ChangedBy, Reason = note.Reason, ApprovedBy = note.ApprovedBy, RolledBackTo = note.RolledBackTo,
    };

    private void Audit(string kind, string name, string what, int version, ChangeNote note) => audit.Add($"{kind}.{what}",
        clientId: kind == ConfigurationStore.ClientKind ? name : null, connector: kind == ConfigurationStore.ConnectorKind ? name : null,
        detail: $"{name} version {version}{(note.RolledBackTo is { } old ? $" holds version {old} again" : "")}{(note.ApprovedBy is { } second ? $" proposed by {note.ChangedBy} approved by {second}" : "")}");

    /// <summary>What is weaker than the standard profile stands in the trail by name.</summary>
    private void AuditRelaxations(ConfigurationItem item)
    {
        if (!item.Document.Contains("\"relaxations\"", StringComparison.Ordinal)) return;
        var client = (Client)Parse(item);
        foreach (var relaxation in client.Relaxations)
            audit.Add("client.relaxed", clientId: client.ClientId, detail: WireNames.Relaxations.Of(relaxation));
    }

    private static T Accept<T>(ConfigurationItem item, ItemRead<T> read) => read switch
    {
        ItemRead<T>.Accepted accepted => accepted.Item,
        ItemRead<T>.Refused refused => throw new InvalidOperationException(
            $"The stored {item.Kind} '{item.Name}' cannot be read by this version: {string.Join("; ", refused.Errors)}"),
        _ => throw new InvalidOperationException("An item is accepted or refused."),
    };
}

/// <summary>Who changes the configuration, and why.</summary>
public sealed record ChangeNote(string ChangedBy, string? Reason)
{
    public string? ApprovedBy { get; init; }
    public int? RolledBackTo { get; init; }
}
