using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>The documents of clients as applications change them: one at a time, with the version that the change was made from.</summary>
public sealed class ClientDocuments(IdentityDb db, ConfigurationReader reader, ClientRegistry registry, StoredItems items)
{
    public async Task<StoredClient?> FindAsync(string? clientId, CancellationToken ct) =>
        clientId is not null && await db.ConfigurationItems.AsNoTracking().SingleOrDefaultAsync(i => i.Kind == ConfigurationStore.ClientKind && i.Name == clientId, ct) is { } item
        && reader.ReadClient(item.Document) is ItemRead<Client>.Accepted { Item: var client } ? new StoredClient(client, item.Version) : null;

    /// <summary>As it was; versions are kept for ever.</summary>
    public async Task<Client?> FindAsync(string clientId, int version, CancellationToken ct) =>
        await db.ConfigurationVersions.Where(v => v.Kind == ConfigurationStore.ClientKind && v.Name == clientId && v.Version == version).Select(v => v.Document).SingleOrDefaultAsync(ct) is { } document
            ? Read(document) : null;

    public Client? Read(string document) => reader.ReadClient(document) is ItemRead<Client>.Accepted { Item: var client } ? client : null;

    /// <summary>Within the caller's transaction, under the lock of the configuration. The caller commits.</summary>
    /// <param name="version">That the change was made from; 0 for a client that is new.</param>
    /// <returns>Null when it is written.</returns>
    public async Task<ApplicationOutcome?> WriteAsync(Client client, int version, string reason, string changedBy, CancellationToken ct)
    {
        var document = ConfigurationWriter.Write(client);
        if (ProblemsOf(client, document) is { Count: > 0 } problems) return new ApplicationOutcome.Unsound(problems);
        if (client.Sector is { } sector && registry.Document.Sectors.All(s => s.Name != sector)) await AddSectorAsync(new Sector(sector, client.ClientName), changedBy, reason, ct);
        var item = await db.ConfigurationItems.SingleOrDefaultAsync(i => i.Kind == ConfigurationStore.ClientKind && i.Name == client.ClientId, ct);
        if ((item?.Version ?? 0) != version) return ApplicationRefusal.ChangedMeanwhile;
        if (item?.Document == document) return ApplicationRefusal.NothingToChange;
        items.Write(item, ItemText.Of(client), version, new ChangeNote(changedBy, reason));
        await ConfigurationRevision.BumpAsync(db, ct);
        return null;
    }

    /// <summary>What is wrong with it by itself, and with what it names. Its own sector may be new.</summary>
    public IReadOnlyList<ConfigurationError> ProblemsOf(Client client) => ProblemsOf(client, ConfigurationWriter.Write(client));

    private IReadOnlyList<ConfigurationError> ProblemsOf(Client client, string document) =>
        reader.ReadClient(document) is ItemRead<Client>.Refused refused ? refused.Errors
        : ConfigurationReader.ReferenceErrors(client, registry.Document with
        {
            Sectors = [.. registry.Document.Sectors.Where(s => s.Name != client.Sector), .. client.Sector is { } own ? [new Sector(own, client.ClientName)] : Array.Empty<Sector>()],
        });

    private async Task AddSectorAsync(Sector sector, string changedBy, string reason, CancellationToken ct)
    {
        if (await db.ConfigurationItems.AnyAsync(i => i.Kind == ConfigurationStore.SectorKind && i.Name == sector.Name, ct)) return;
        var text = new ItemText(ConfigurationStore.SectorKind, sector.Name, ConfigurationWriter.Write(sector), Secret: null);
        items.Write(item: null, text, await items.VersionAsync(text.Kind, text.Name, ct), new ChangeNote(changedBy, reason));
    }
}

/// <param name="Version">Which a change has to name.</param>
public sealed record StoredClient(Client Client, int Version);
