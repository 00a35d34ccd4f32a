using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Admin.Pages.Configuration;

/// <summary>A document as sentences, for people who do not read JSON.</summary>
public static class ItemSummary
{
    public static IReadOnlyList<SummaryLine> Of(ItemKey item, string document, ClientRegistry registry)
    {
        var json = JsonElement.Parse(document);
        var users = item.Kind switch
        {
            ConfigurationStore.ConnectorKind => registry.Document.Clients.Count(c => c.AllowsConnector(item.Name)),
            ConfigurationStore.ScopeKind => registry.Document.Clients.Count(c => c.AllowsScope(item.Name)),
            ConfigurationStore.ResourceKind => registry.Document.Clients.Count(c => c.AllowsResource(item.Name)),
            ConfigurationStore.SectorKind => registry.Document.Clients.Count(c => c.Sector == item.Name),
            _ => -1,
        };
        var lines = item.Kind switch
        {
            ConfigurationStore.ClientKind => OfClient(json),
            ConfigurationStore.ConnectorKind => OfConnector(json),
            ConfigurationStore.ScopeKind => [Line("cfg.sum.scope", ("claims", Listed(json, "claims"))), .. If(IsTrue(json, "approval_required"), Line("cfg.sum.approval"))],
            ConfigurationStore.ResourceKind => [Line("cfg.sum.resource", ("scopes", Listed(json, "scopes")))],
            ConfigurationStore.PolicyKind => PolicySentences.Of(json),
            _ => [],
        };
        return users < 0 ? lines : [.. lines, Line("cfg.sum.users", ("count", $"{users}"))];
    }

    private static List<SummaryLine> OfClient(JsonElement json)
    {
        var lines = new List<SummaryLine> { Line($"cfg.sum.type.{Text(json, "application_type")}"), Line(IsTrue(json, "enabled") ? "cfg.sum.on" : "cfg.sum.off") };
        if (json.TryGetProperty("connectors", out _))
            lines.Add(Line("cfg.sum.ways", ("ways", Listed(json, "connectors")), ("level", Text(json, "minimum_acr_level"))));
        if (json.TryGetProperty("redirect_uris", out _)) lines.Add(Line("cfg.sum.addresses", ("addresses", Listed(json, "redirect_uris"))));
        lines.AddRange(If(json.TryGetProperty("sector", out _), Line("cfg.sum.sector", ("sector", Text(json, "sector")))));
        lines.AddRange(If(Text(json, "subject_type") == "public", Line("cfg.sum.public")));
        lines.Add(Line($"cfg.sum.auth.{Text(json, "token_endpoint_auth_method")}"));
        lines.AddRange(If(json.TryGetProperty("scopes", out _), Line("cfg.sum.scopes", ("scopes", Listed(json, "scopes")))));
        return lines;
    }

    private static List<SummaryLine> OfConnector(JsonElement json) =>
    [
        Line("cfg.sum.connector", ("protocol", Text(json, "protocol")), ("kind", Text(json, "kind"))),
        Line(IsTrue(json, "enabled") ? "cfg.sum.on" : "cfg.sum.off"),
        .. If(json.TryGetProperty("assurance", out var assurance), Line("cfg.sum.ceiling", ("level", assurance.ValueKind == JsonValueKind.Object ? Text(assurance, "level_ceiling") : ""))),
    ];

    private static SummaryLine Line(string text, params (string Name, string Value)[] values) => new(text, values);

    private static IEnumerable<SummaryLine> If(bool holds, SummaryLine line) => holds ? [line] : [];

    private static string Text(JsonElement json, string member) => json.TryGetProperty(member, out var value) ? value.ToString() : "";

    private static bool IsTrue(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Listed(JsonElement json, string member) =>
        json.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? string.Join(", ", list.EnumerateArray().Select(e => e.ToString())) : "-";
}

/// <param name="Text">Key of the text.</param>
public sealed record SummaryLine(string Text, IReadOnlyList<(string Name, string Value)> Values);
