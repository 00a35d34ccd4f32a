using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>Judges a change of one item without making it.</summary>
public sealed class ItemDrafts(IdentityDb db, ConfigurationReader reader, StoredItems items)
{
    public async Task<ItemDraft> MakeAsync(ItemEdit edit, CancellationToken ct)
    {
        var version = await items.VersionAsync(edit.Item.Kind, edit.Item.Name, ct);
        if (version != edit.BaseVersion) return new ItemDraft.Stale(version);
        var row = await db.ConfigurationItems.SingleOrDefaultAsync(i => i.Kind == edit.Item.Kind && i.Name == edit.Item.Name, ct);
        var around = await items.AroundAsync(edit.Item.Kind, edit.Item.Name, ct);
        if (edit.Document is not { } document)
            return row is null ? new ItemDraft.Unknown()
                : SingleItem.ProblemsWithout(edit.Item, around) is { Count: > 0 } problems ? new ItemDraft.Refused(problems)
                : new ItemDraft.Ready(row, version, null, DocumentDiff.Between(row.Document, null));
        return SingleItem.Read(reader, edit.Item, document, around) switch
        {
            ItemRead<ItemText>.Refused refused => new ItemDraft.Refused(refused.Errors),
            ItemRead<ItemText>.Accepted { Item: var text } when text.Document.Length > IdentityModel.DocumentLength => new ItemDraft.Refused([new("", NameFaults.IsLong(IdentityModel.DocumentLength))]),
            ItemRead<ItemText>.Accepted { Item: var text } => new ItemDraft.Ready(row, version, text, ChangesOf(row, text)),
            _ => throw new InvalidOperationException("An item is accepted or refused."),
        };
    }

    /// <summary>A secret that is another one leaves no trace in the document; it is a change all the same.</summary>
    private List<MemberChange> ChangesOf(ConfigurationItem? row, ItemText text)
    {
        var changes = DocumentDiff.Between(row?.Document, text.Document).ToList();
        if (row is not null && changes.Count == 0 && !items.Holds(row, text)) changes.Add(new MemberChange("settings", ConnectorSecret.Mask, ConnectorSecret.Mask));
        return changes;
    }
}

/// <summary>What somebody wants an item to be.</summary>
/// <param name="BaseVersion">The version that it was made from; 0 for an item that never was.</param>
/// <param name="Document">Null to remove the item.</param>
public sealed record ItemEdit(ItemKey Item, int BaseVersion, string? Document, string Reason)
{
    /// <summary>In characters, as for every change of the configuration.</summary>
    public const int LongestReason = 2_000;

    /// <summary>A document may hold a secret in clear on its way in.</summary>
    public override string ToString() => $"ItemEdit({Item})";
}

public abstract record ItemDraft
{
    private ItemDraft() { }

    /// <param name="Row">Null for a new item.</param>
    /// <param name="Text">Null when it goes.</param>
    public sealed record Ready(ConfigurationItem? Row, int Version, ItemText? Text, IReadOnlyList<MemberChange> Changes) : ItemDraft;
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : ItemDraft;

    /// <param name="Current">Somebody else was faster.</param>
    public sealed record Stale(int Current) : ItemDraft;
    public sealed record Unknown : ItemDraft;
}
