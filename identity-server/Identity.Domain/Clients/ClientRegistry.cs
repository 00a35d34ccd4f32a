using System.Collections.Frozen;
using Identity.Domain.Assurance;
using Identity.Domain.Configuration;
using Identity.Domain.Policies;

namespace Identity.Domain.Clients;

/// <summary>The configuration as requests read it: immutable, in memory, replaced whole when the stored revision moves on.</summary>
public sealed class ClientRegistry
{
    private volatile Snapshot _current = new(ConfigurationDocument.Empty, 0);

    public long Revision => _current.Revision;
    public ConfigurationDocument Document => _current.Document;
    public ProvincePolicies Policies => _current.Policies;

    public Client? FindClient(string? clientId) => clientId is null ? null : _current.Clients.GetValueOrDefault(clientId);

    /// <summary>Whichever application shows it.</summary>
    public ClientLogo? FindLogo(string name) => _current.Logos.GetValueOrDefault(name);

    public ConnectorRegistration? FindConnector(string name) => _current.Connectors.GetValueOrDefault(name);
    public Scope? FindScope(string name) => _current.Scopes.GetValueOrDefault(name);

    /// <summary>
    /// Enabled connectors that the client accepts and that can reach what it asks for, in the operator's order: no page offers a way that
    /// must fail. A weak way with a person's own second factor reaches what both prove together.
    /// </summary>
    public IEnumerable<ConnectorRegistration> ConnectorsFor(Client client) => _current.Document.Connectors
        .Where(c => c.Enabled && c.IsWayIn && client.AllowsConnector(c.Name)
            && c.Assurance.ProofingCeiling >= client.MinimumProofing && Math.Max(c.Assurance.LevelCeiling, AssurancePolicy.JoinedCeiling) >= client.MinimumAcrLevel)
        .OrderBy(c => c.Order);

    /// <summary>APIs that the scopes lead to and that the client may call: the audience of its access token.</summary>
    public IEnumerable<string> AudiencesFor(Client client, IReadOnlyCollection<string> scopes) =>
        _current.Document.Resources.Where(r => client.AllowsResource(r.Name) && r.Scopes.Any(scopes.Contains)).Select(r => r.Name);

    public void Replace(ConfigurationDocument document, long revision) => _current = new(document, revision);

    private sealed class Snapshot(ConfigurationDocument document, long revision)
    {
        public long Revision { get; } = revision;
        public ConfigurationDocument Document { get; } = document;
        public ProvincePolicies Policies { get; } = new(document.Policies);
        public FrozenDictionary<string, Client> Clients { get; } = document.Clients.ToFrozenDictionary(c => c.ClientId, StringComparer.Ordinal);
        public FrozenDictionary<string, ClientLogo> Logos { get; } = document.Clients.Select(c => c.Logo).OfType<ClientLogo>().DistinctBy(l => l.Name).ToFrozenDictionary(l => l.Name, StringComparer.Ordinal);
        public FrozenDictionary<string, ConnectorRegistration> Connectors { get; } = document.Connectors.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        public FrozenDictionary<string, Scope> Scopes { get; } = document.Scopes.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);
    }
}
