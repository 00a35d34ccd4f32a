using System.Globalization;
using System.Text;
using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>The items of one kind, page by page, each page one query. Names are searched in the snapshot that this node holds anyway.</summary>
public sealed class ItemList(IdentityDb db, ClientRegistry registry)
{
    public const int PageSize = 50;

    /// <param name="search">Part of the name or of what people call it, with or without accents.</param>
    /// <param name="after">The last name of the page before.</param>
    public async Task<ItemPage?> PageAsync(AdminActor actor, string kind, string? search, string? after, CancellationToken ct)
    {
        if (!actor.May(Permission.ReadConfiguration)) return null;
        var rows = string.IsNullOrWhiteSpace(search) ? await ReadAsync(kind, after, ct) : await ReadAsync(kind, Found(kind, Folded(search.Trim()), after ?? ""), ct);
        return new ItemPage([.. rows.Take(PageSize).Select(Describe)], rows.Count > PageSize ? rows[PageSize - 1].Name : null);
    }

    // The database compares, in the order in which it sorts.
#pragma warning disable CA1309
    private Task<List<ConfigurationItem>> ReadAsync(string kind, string? after, CancellationToken ct) => db.ConfigurationItems.AsNoTracking()
        .Where(i => i.Kind == kind && (after == null || string.Compare(i.Name, after) > 0)).OrderBy(i => i.Name).Take(PageSize + 1).ToListAsync(ct);
#pragma warning restore CA1309

    private async Task<List<ConfigurationItem>> ReadAsync(string kind, string[] names, CancellationToken ct)
    {
        var rows = await db.ConfigurationItems.AsNoTracking().Where(i => i.Kind == kind && names.Contains(i.Name)).ToListAsync(ct);
        rows.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return rows;
    }

    private string[] Found(string kind, string words, string after) => [.. NamesOf(registry.Document, kind)
        .Where(item => string.CompareOrdinal(item.Name, after) > 0
            && (item.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || Folded(item.Title.Vi).Contains(words, StringComparison.Ordinal) || Folded(item.Title.En).Contains(words, StringComparison.Ordinal)))
        .Take(PageSize + 1).Select(item => item.Name)];

    /// <summary>In the order in which the snapshot holds them, which is that of the bytes of their names.</summary>
    private static IEnumerable<(string Name, LocalizedText Title)> NamesOf(ConfigurationDocument document, string kind) => kind switch
    {
        ConfigurationStore.ClientKind => document.Clients.Select(c => (c.ClientId, c.ClientName)),
        ConfigurationStore.ConnectorKind => document.Connectors.Select(c => (c.Name, c.DisplayName)),
        ConfigurationStore.ScopeKind => document.Scopes.Select(s => (s.Name, s.DisplayName)),
        ConfigurationStore.ResourceKind => document.Resources.Select(r => (r.Name, r.DisplayName)),
        ConfigurationStore.SectorKind => document.Sectors.Select(s => (s.Name, s.DisplayName)),
        ConfigurationStore.PolicyKind => document.Policies.Select(p => (WireNames.PolicyNames.Of(p.Name), LocalizedText.Empty)),
        _ => [],
    };

    /// <summary>As people type who have no accents at hand: "cong dich vu" finds "Cổng dịch vụ".</summary>
    private static string Folded(string text) => string.Concat(text.ToLowerInvariant().Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(c => c == 'đ' ? 'd' : c));

    private static ItemRow Describe(ConfigurationItem item)
    {
        using var document = JsonDocument.Parse(item.Document);
        var title = document.RootElement.TryGetProperty(item.Kind == ConfigurationStore.ClientKind ? "client_name" : "display_name", out var texts) ? new LocalizedText(texts.GetProperty("vi").GetString()!, texts.GetProperty("en").GetString()!) : null;
        var enabled = !document.RootElement.TryGetProperty("enabled", out var flag) || flag.ValueKind != JsonValueKind.False;
        return new ItemRow(item.Name, title, enabled, item.Version, item.ChangedAt) { Document = item.Document };
    }
}

/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record ItemPage(IReadOnlyList<ItemRow> Items, string? Next);

/// <param name="Title">Null for a policy, whose name is one of a few that the pages have words for.</param>
public sealed record ItemRow(string Name, LocalizedText? Title, bool Enabled, int Version, DateTimeOffset ChangedAt)
{
    /// <summary>As it is stored, so without secrets.</summary>
    public required string Document { get; init; }

    public override string ToString() => $"ItemRow({Name})";
}
