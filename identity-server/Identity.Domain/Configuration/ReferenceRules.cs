using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What must hold between items: names are unique, every name that is used exists, and together they can work.</summary>
internal sealed class ReferenceRules(LocatedDocument whole, ErrorList errors)
{
    private const string PersonalNumberClaim = "vn_pin";

    private readonly HashSet<string> sectors = NamesOf(whole.Sectors, s => s.Name);
    private readonly HashSet<string> resources = NamesOf(whole.Resources, r => r.Name);
    private readonly ILookup<string, string> ownersOfScope =
        whole.Resources.SelectMany(r => r.Item.Scopes.Select(scope => (scope, r.Item.Name))).ToLookup(p => p.scope, p => p.Name);

    private readonly Dictionary<string, Scope> scopes = Index(whole.Scopes, s => s.Name);
    private readonly Dictionary<string, ConnectorRegistration> connectors = Index(whole.Connectors, c => c.Name);

    public void Check()
    {
        CheckUnique(whole.Sectors, "name", s => s.Name);
        CheckUnique(whole.Scopes, "name", s => s.Name);
        CheckUnique(whole.Resources, "name", r => r.Name);
        CheckUnique(whole.Connectors, "name", c => c.Name);
        CheckUnique(whole.Clients, "client_id", c => c.ClientId);
        CheckUnique(whole.Policies, "name", p => WireNames.PolicyNames.Of(p.Name));
        foreach (var (scope, path) in whole.Scopes.Select(s => (s.Item, s.Path)))
            if (scope.Claims.Contains(PersonalNumberClaim) && !scope.ApprovalRequired)
                errors.AddBrokenRule($"{path}.approval_required", ReferenceFaults.ApprovalIsDue(PersonalNumberClaim));
        foreach (var (path, problem) in MailDomainRules.Overlaps(whole.Connectors)) errors.AddBrokenRule(path, problem);
        foreach (var connector in whole.Connectors) CheckDirectory(connector.Item, connector.Path);
        foreach (var (resource, path) in whole.Resources.Select(r => (r.Item, r.Path))) CheckResource(resource, path);
        foreach (var (client, path) in whole.Clients.Select(c => (c.Item, c.Path))) CheckClient(client, path);
    }

    private void CheckResource(Resource resource, string path)
    {
        CheckNames(resource.Scopes, $"{path}.scopes", ReferenceFaults.Scope, scopes.Keys);
        foreach (var scope in resource.Scopes.Where(s => scopes.TryGetValue(s, out var found) && found.Claims.Count > 0))
            errors.AddBrokenRule($"{path}.scopes", ReferenceFaults.ScopeReleasesClaims(scope));
    }

    /// <summary>A mail server may lean on a directory, which is a row of its own.</summary>
    private void CheckDirectory(ConnectorRegistration connector, string path)
    {
        if (connector.DirectoryName is not { } name) return;
        CheckNames([name], $"{path}.settings.directory", ReferenceFaults.Connector, connectors.Keys);
        if (connectors.TryGetValue(name, out var directory) && directory.Protocol != ConnectorProtocol.Ldap)
            errors.AddBrokenRule($"{path}.settings.directory", ReferenceFaults.DirectoryIsNotLdap(name));
        else if (directory is not null && !directory.Settings.TryGetProperty("bind_dn", out _))
            errors.AddBrokenRule($"{path}.settings.directory", ReferenceFaults.DirectoryWithoutAccount(name));
    }

    private void CheckClient(Client client, string path)
    {
        if (client.Sector is { } sector) CheckNames([sector], $"{path}.sector", ReferenceFaults.Sector, sectors);
        CheckNames(client.Scopes, $"{path}.scopes", ReferenceFaults.Scope, scopes.Keys);
        CheckNames(client.Resources, $"{path}.resources", ReferenceFaults.Resource, resources);
        CheckNames(client.IntrospectionAudiences, $"{path}.introspection_audiences", ReferenceFaults.Resource, resources);
        CheckNames(client.Connectors, $"{path}.connectors", ReferenceFaults.Connector, connectors.Keys);
        foreach (var register in client.Connectors.Where(c => connectors.TryGetValue(c, out var row) && !row.IsWayIn))
            errors.AddBrokenRule($"{path}.connectors", ReferenceFaults.NobodySignsInThrough(register));
        foreach (var other in client.Connectors.Where(c => connectors.TryGetValue(c, out var row) && row.IsWayIn && row.Environment != client.Environment))
            errors.AddBrokenRule($"{path}.connectors", ReferenceFaults.OtherEnvironment(other, WireNames.Environments.Of(connectors[other].Environment), WireNames.Environments.Of(client.Environment)));
        CheckScopes(client, path);
        CheckRelease(client, path);
        CheckProofing(client, path);
    }

    private void CheckScopes(Client client, string path)
    {
        foreach (var name in client.Scopes.Where(scopes.ContainsKey))
        {
            var owners = ownersOfScope[name].ToList();
            if (scopes[name].ApprovalRequired && !client.ApprovedScopes.Contains(name))
                errors.AddBrokenRule($"{path}.approved_scopes", ReferenceFaults.ScopeIsNotApproved(name));
            if (owners.Count > 0 && !owners.Any(client.AllowsResource))
                errors.AddBrokenRule($"{path}.resources", ReferenceFaults.ResourceOfScopeIsMissing(owners[0], name));
            if (owners.Count == 0 && client.ApplicationType == ApplicationType.Machine)
                errors.AddBrokenRule($"{path}.scopes", ReferenceFaults.MachineAsksForPerson(name));
        }
    }

    private void CheckRelease(Client client, string path)
    {
        var carried = client.Scopes.Where(scopes.ContainsKey).SelectMany(s => scopes[s].Claims)
            .SelectMany(claim => claim == PrefillClaim.Name ? [.. PrefillClaim.Fields, claim] : (string[])[claim]).ToHashSet();
        foreach (var claim in client.Release.Select(r => r.Claim).Where(c => c.Length > 0 && !carried.Contains(c)))
            errors.AddBrokenRule($"{path}.release", ReferenceFaults.NoScopeCarries(claim));
    }

    private void CheckProofing(Client client, string path)
    {
        if (whole.Connectors.Any(c => !errors.IsReadable($"{c.Path}.assurance"))) return;
        var ceilings = client.Connectors.Where(connectors.ContainsKey).Select(c => connectors[c].Assurance.ProofingCeiling).ToList();
        if (ceilings.Count > 0 && ceilings.Max() < client.MinimumProofing)
            errors.AddBrokenRule($"{path}.minimum_proofing", ReferenceFaults.NobodyCouldSignIn);
    }

    private void CheckNames(IReadOnlyList<string> used, string path, LocalizedText kind, IReadOnlyCollection<string> known)
    {
        foreach (var name in used.Where(n => !known.Contains(n)))
            errors.AddUnreadable(path, ReferenceFaults.DoesNotExist(kind, Suggestion.Quote(name), Suggestion.For(name, known)));
    }

    private void CheckUnique<T>(IReadOnlyList<Located<T>> items, string member, Func<T, string> key)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items.Where(i => key(i.Item).Length > 0))
            if (!first.TryAdd(key(item.Item), item.Path))
                errors.AddBrokenRule($"{item.Path}.{member}", ReferenceFaults.NameIsTaken(Suggestion.Quote(key(item.Item)), first[key(item.Item)]));
    }

    private static HashSet<string> NamesOf<T>(IReadOnlyList<Located<T>> items, Func<T, string> key) => [.. items.Select(i => key(i.Item))];

    // Names given twice have their own error; here the first one counts.
    private static Dictionary<string, T> Index<T>(IReadOnlyList<Located<T>> items, Func<T, string> key) =>
        items.GroupBy(i => key(i.Item), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Item, StringComparer.Ordinal);
}
