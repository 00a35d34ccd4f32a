using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>What an item is and was: who changed what, when and why. Null for whoever may not read it.</summary>
public sealed class ItemHistory(IdentityDb db, StoredItems items)
{
    public const int PageSize = 20;

    public async Task<ItemState?> FindAsync(AdminActor actor, ItemKey item, CancellationToken ct)
    {
        if (!actor.May(Permission.ReadConfiguration)) return null;
        var last = await Versions(item).OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        return last is null ? null : new ItemState(item, last.Version, last.Document, last.ChangedAt);
    }

    /// <summary>Newest first, each with what it changed.</summary>
    /// <param name="before">The last version of the page before.</param>
    public async Task<HistoryPage?> PageAsync(AdminActor actor, ItemKey item, int? before, CancellationToken ct)
    {
        if (!actor.May(Permission.ReadConfiguration)) return null;
        var rows = await Versions(item).Where(v => before == null || v.Version < before).OrderByDescending(v => v.Version).Take(PageSize + 1).ToListAsync(ct);
        var page = rows.Take(PageSize).Select((row, i) => Describe(row, rows.ElementAtOrDefault(i + 1))).ToList();
        return new HistoryPage(page, rows.Count > PageSize ? page[^1].Version : null);
    }

    public async Task<ConfigurationVersion?> VersionAsync(AdminActor actor, ItemKey item, int version, CancellationToken ct) =>
        actor.May(Permission.ReadConfiguration) ? await Versions(item).SingleOrDefaultAsync(v => v.Version == version, ct) : null;

    /// <returns>Null when one of the two is not there; version 0 is the time before the item was.</returns>
    public async Task<IReadOnlyList<MemberChange>?> DiffAsync(AdminActor actor, ItemKey item, int from, int to, CancellationToken ct)
    {
        var (older, newer) = (await VersionAsync(actor, item, from, ct), await VersionAsync(actor, item, to, ct));
        return newer is null || (older is null && from != 0) ? null : ChangesOf(newer, older);
    }

    private IQueryable<ConfigurationVersion> Versions(ItemKey item) => db.ConfigurationVersions.AsNoTracking().Where(v => v.Kind == item.Kind && v.Name == item.Name);

    private HistoryEntry Describe(ConfigurationVersion version, ConfigurationVersion? before) => new(version.Version, version.ChangedAt, version.ChangedBy)
    {
        Reason = version.Reason, ApprovedBy = version.ApprovedBy, RolledBackTo = version.RolledBackTo, IsRemoval = version.Document is null, Changes = ChangesOf(version, before),
    };

    private IReadOnlyList<MemberChange> ChangesOf(ConfigurationVersion version, ConfigurationVersion? before)
    {
        var changes = DocumentDiff.Between(before?.Document, version.Document);
        var isNewSecret = before?.SealedSecret is { } old && version.SealedSecret is { } young && items.Open(version.Name, old) != items.Open(version.Name, young);
        return isNewSecret ? [.. changes, new MemberChange("settings", ConnectorSecret.Mask, ConnectorSecret.Mask)] : changes;
    }
}

/// <param name="Document">Null for an item that was removed.</param>
public sealed record ItemState(ItemKey Item, int Version, string? Document, DateTimeOffset ChangedAt);

/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, int? Next);

public sealed record HistoryEntry(int Version, DateTimeOffset ChangedAt, string ChangedBy)
{
    public string? Reason { get; init; }
    public string? ApprovedBy { get; init; }
    public int? RolledBackTo { get; init; }
    public bool IsRemoval { get; init; }
    public IReadOnlyList<MemberChange> Changes { get; init; } = [];
}
