using Identity.Domain.Assurance;
using Identity.Domain.Clients;
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
        var (settings, secret) = ConnectorSecret.Split(json.Raw("settings") ?? ConnectorSecret.NoSettings);
        if (secret is "" || settings.TryGetProperty(ConnectorSecret.Member, out _))
            json.Refuse($"settings.{ConnectorSecret.Member}", "must be a text in quotes, and not an empty one");
        var protocol = json.RequiredChoice("protocol", WireNames.ConnectorProtocols);
        var kind = json.RequiredChoice("kind", WireNames.ConnectorKinds);
        json.Rule(protocol == ConnectorProtocol.Register == (kind == ConnectorKind.BusinessRegister), "kind", "business_register and the protocol register belong together");
        // A register proves nobody's sign-in.
        if (protocol != ConnectorProtocol.Register) json.Require("assurance");
        return new ConnectorRegistration
        {
            Name = json.RequiredText("name", NameRules.Name),
            Protocol = protocol,
            Kind = kind,
            DisplayName = json.RequiredLocalized("display_name", 60),
            Enabled = json.Flag("enabled", true),
            Order = json.Number("order", 0, 1000, 0),
            Incident = json.Localized("incident", 300),
            Assurance = json.Object("assurance", ReadAssurance) ?? new ConnectorAssurance(ProofingLevel.SelfAsserted, 1, []),
            Settings = settings,
            ClientSecret = secret,
        };
    }

    private static ConnectorAssurance ReadAssurance(ObjectReader json)
    {
        json.Require("level_ceiling");
        return new ConnectorAssurance(
            json.RequiredChoice("proofing_ceiling", WireNames.ProofingLevels),
            json.Number("level_ceiling", 1, 4, 1),
            json.Texts("amr_by_contract", NameRules.Amr));
    }
}
