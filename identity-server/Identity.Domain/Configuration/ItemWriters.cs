using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

internal static class ItemWriters
{
    public static void Write(Utf8JsonWriter json, Sector sector)
    {
        json.WriteString("name", sector.Name);
        json.WriteLocalized("display_name", sector.DisplayName);
    }

    public static void Write(Utf8JsonWriter json, Scope scope)
    {
        json.WriteString("name", scope.Name);
        json.WriteLocalized("display_name", scope.DisplayName);
        json.WriteTexts("claims", scope.Claims);
        json.WriteBoolean("approval_required", scope.ApprovalRequired);
    }

    public static void Write(Utf8JsonWriter json, Resource resource)
    {
        json.WriteString("name", resource.Name);
        json.WriteLocalized("display_name", resource.DisplayName);
        json.WriteTexts("scopes", resource.Scopes);
    }

    public static void Write(Utf8JsonWriter json, ConnectorRegistration connector)
    {
        json.WriteString("name", connector.Name);
        json.WriteString("protocol", WireNames.ConnectorProtocols.Of(connector.Protocol));
        json.WriteString("kind", WireNames.ConnectorKinds.Of(connector.Kind));
        json.WriteLocalized("display_name", connector.DisplayName);
        json.WriteBoolean("enabled", connector.Enabled);
        json.WriteEnvironment(connector.Environment);
        json.WriteNumber("order", connector.Order);
        json.WriteLocalized("incident", connector.Incident);
        json.WriteStartObject("assurance");
        json.WriteTexts("amr_by_contract", connector.Assurance.ImpliedAmr);
        json.WriteNumber("level_ceiling", connector.Assurance.LevelCeiling);
        json.WriteString("proofing_ceiling", WireNames.ProofingLevels.Of(connector.Assurance.ProofingCeiling));
        json.WriteEndObject();
        json.WriteList("domains", connector.Domains, (writer, domain) =>
        {
            writer.WriteString("name", domain.Name);
            writer.WriteOptional("valid_until", CalendarDay.LastOf(domain.EndsAt));
            writer.WriteOptional("alias_of", domain.AliasOf);
        });
        json.WritePropertyName("settings");
        ConnectorSecret.PutInto(connector.Settings, connector.Secrets.ToDictionary(s => s.Key, _ => ConnectorSecret.Mask)).WriteTo(json);
    }
}
