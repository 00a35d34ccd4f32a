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
        var (settings, secrets) = ConnectorSecret.Split(json.Raw("settings") ?? ConnectorSecret.NoSettings);
        foreach (var member in secrets.Where(s => s.Value == "").Select(s => s.Key).Concat(settings.EnumerateObject().Select(m => m.Name).Where(ConnectorSecret.IsSecret)))
            json.Refuse($"settings.{member}", ConnectorFaults.SecretIsEmpty);
        var protocol = json.RequiredChoice("protocol", WireNames.ConnectorProtocols);
        var kind = json.RequiredChoice("kind", WireNames.ConnectorKinds);
        json.Rule(protocol == ConnectorProtocol.Register == (kind == ConnectorKind.BusinessRegister), "kind", ConnectorFaults.RegisterAndItsKind);
        // A register proves nobody's sign-in.
        if (protocol != ConnectorProtocol.Register) json.Require("assurance");
        var connector = new ConnectorRegistration
        {
            Name = json.RequiredText("name", NameRules.Name),
            Protocol = protocol,
            Kind = kind,
            DisplayName = json.RequiredLocalized("display_name", 60),
            Enabled = json.Flag("enabled", true),
            Environment = json.Choice("environment", WireNames.Environments, ClientEnvironment.Production),
            Order = json.Number("order", 0, 1000, 0),
            Incident = json.Localized("incident", 300),
            Assurance = json.Object("assurance", ReadAssurance) ?? new ConnectorAssurance(ProofingLevel.SelfAsserted, 1, []),
            Domains = [.. json.Items("domains", 100, ReadDomain).Select(d => d.Item)],
            Settings = settings,
            Secrets = secrets,
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
