using Identity.Domain.Clients;
using Identity.Domain.Organisations;

namespace Identity.Domain.Configuration;

/// <summary>Domains decide which upstream a typed address leads to, so every address must lead to one place at most.</summary>
internal static class MailDomainRules
{
    /// <summary>Within one connector.</summary>
    public static void Check(ObjectReader json, ConnectorRegistration connector)
    {
        if (!json.IsReadable("protocol") || !json.IsReadable("kind") || !json.IsReadable("domains")) return;
        var isMail = connector.Kind == ConnectorKind.OfficialMail;
        json.Rule(isMail || connector.Domains.Count == 0, "domains", ConnectorFaults.DomainsAreForMail);
        json.Rule(isMail || !connector.TakesPassword, "kind", ConnectorFaults.PasswordIsForMail);
        json.Rule(!isMail || connector.TakesPassword || connector.Protocol == ConnectorProtocol.Oidc, "protocol", ConnectorFaults.ProtocolOfMail);
        // A directory without domains is read by others and signs nobody in.
        json.Rule(!isMail || connector.Domains.Count > 0 || connector.Protocol == ConnectorProtocol.Ldap, "domains", ConnectorFaults.DomainsAreNeeded);
        var names = connector.Domains.Select(d => d.Name).ToList();
        json.Rule(names.Distinct(StringComparer.Ordinal).Count() == names.Count, "domains", ConnectorFaults.DomainTwice);
        json.Rule(connector.Domains.All(d => d.AliasOf is null || IsOwn(connector, d)), "domains", ConnectorFaults.AliasLeadsNowhere);
    }

    /// <summary>Between connectors: (path, fault) of every domain that two enabled ones claim.</summary>
    public static IEnumerable<(string Path, LocalizedText Problem)> Overlaps(IReadOnlyList<Located<ConnectorRegistration>> connectors)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (connector, path) in connectors.Where(c => c.Item.Enabled).Select(c => (c.Item, c.Path)))
        foreach (var domain in connector.Domains.Select(d => d.Name).Distinct(StringComparer.Ordinal))
            if (!owners.TryAdd(domain, connector.Name))
                yield return ($"{path}.domains", ConnectorFaults.DomainOfAnother(domain, owners[domain]));
    }

    private static bool IsOwn(ConnectorRegistration connector, OfficialMailDomain alias) =>
        alias.AliasOf != alias.Name && connector.Domains.Any(d => d.Name == alias.AliasOf && d.AliasOf is null);
}
