using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Domain.Configuration;

/// <summary>The items that need no more than a few lines each.</summary>
internal static class ItemReaders
{
    public static Sector ReadSector(ObjectReader json) => new(
        json.RequiredText("name", NameRules.Name),
        json.RequiredLocalized("display_name", 100));

    public static Scope ReadScope(ObjectReader json) => new(
        json.RequiredText("name", NameRules.Scope),
        json.RequiredLocalized("display_name", 150),
        json.Texts("claims", NameRules.Claim),
        json.Flag("approval_required", false));

    public static Resource ReadResource(ObjectReader json) => new(
        json.RequiredText("name", NameRules.Audience),
        json.RequiredLocalized("display_name", 100),
        json.Texts("scopes", NameRules.Scope));

    public static ConnectorRegistration ReadConnector(ObjectReader json)
    {
        json.Require("settings");
        var protocol = json.RequiredChoice("protocol", WireNames.ConnectorProtocols);
        var (settings, secret) = ConnectorSecret.Split(protocol, json.Raw("settings") ?? ConnectorSecret.NoSettings);
        var secretMember = ConnectorSecret.MemberOf(protocol);
        if (secret is "" || settings.TryGetProperty(secretMember, out _)) json.Refuse($"settings.{secretMember}", "must be a text in quotes, and not an empty one");
        json.Require("assurance");
        var connector = new ConnectorRegistration
        {
            Name = json.RequiredText("name", NameRules.Name),
            Protocol = protocol,
            Kind = json.RequiredChoice("kind", WireNames.ConnectorKinds),
            DisplayName = json.RequiredLocalized("display_name", 60),
            Enabled = json.Flag("enabled", true),
            Order = json.Number("order", 0, 1000, 0),
            Incident = json.Localized("incident", 300),
            Assurance = json.Object("assurance", ReadAssurance) ?? new ConnectorAssurance(ProofingLevel.SelfAsserted, 1, []),
            Domains = [.. json.Items("domains", 100, ReadDomain).Select(d => d.Item)],
            Settings = settings,
            ClientSecret = secret,
        };
        MailDomainRules.Check(json, connector);
        return connector;
    }

    private static OfficialMailDomain ReadDomain(ObjectReader json) => new(
        json.RequiredText("name", NameRules.MailDomain),
        json.DayEnd("valid_until"),
        json.Text("alias_of", NameRules.MailDomain));

    private static ConnectorAssurance ReadAssurance(ObjectReader json)
    {
        json.Require("level_ceiling");
        return new ConnectorAssurance(
            json.RequiredChoice("proofing_ceiling", WireNames.ProofingLevels),
            json.Number("level_ceiling", 1, 4, 1),
            json.Texts("amr_by_contract", NameRules.Amr));
    }
}
