using Identity.Domain.Clients;
using Identity.Domain.Policies;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>How far a change would reach, in numbers, before anybody makes it. Each number is one query on an index, or a look at this node's snapshot.</summary>
public sealed class ImpactPreview(IdentityDb db, ConfigurationReader reader, ClientRegistry registry, PolicyImpact policies, TimeProvider clock)
{
    /// <param name="before">The document that stands now; null for a new item.</param>
    /// <param name="after">Null when the item goes.</param>
    public async Task<IReadOnlyList<Impact>> OfAsync(ItemKey item, string? before, string? after, CancellationToken ct) => item.Kind switch
    {
        ConfigurationStore.PolicyKind when after is null => [new Impact(ImpactKind.BackToSettings, 1)],
        ConfigurationStore.PolicyKind => ConfigurationReader.ReadPolicy(after!) is ItemRead<Policy>.Accepted { Item: var policy } ? await policies.OfAsync(policy, ct) : [],
        _ when before is null => [],
        ConfigurationStore.ClientKind when Read(before) is { } old => await OfClientAsync(old, after is null ? null : Read(after), ct),
        ConfigurationStore.ConnectorKind => OfConnector(item.Name, before, after),
        ConfigurationStore.ScopeKind => OfUse(registry.Document.Clients.Count(c => c.AllowsScope(item.Name))),
        ConfigurationStore.ResourceKind => OfUse(registry.Document.Clients.Count(c => c.AllowsResource(item.Name))),
        ConfigurationStore.SectorKind => OfUse(registry.Document.Clients.Count(c => c.Sector == item.Name)),
        _ => [],
    };

    private async Task<IReadOnlyList<Impact>> OfClientAsync(Client old, Client? young, CancellationToken ct)
    {
        var live = LiveAt(old.ClientId);
        if (young is not { Enabled: true }) return old.Enabled ? [new Impact(ImpactKind.ShutsOut, await live.CountAsync(ct))] : [];
        var impacts = new List<Impact>();
        var sector = SubjectLedger.SectorOf(old);
        if (sector != SubjectLedger.SectorOf(young) && sector.Length > 0)
            impacts.Add(new(ImpactKind.ChangesIdentifiers, await db.SubjectIdentifiers.CountAsync(s => s.Sector == sector, ct)));
        if (old.RedirectUris.Except(young.RedirectUris).ToList() is { Count: > 0 } gone) impacts.Add(await OfAddressesAsync(old, gone, ct));
        if (young.MinimumAcrLevel is var level && level > old.MinimumAcrLevel) impacts.Add(new(ImpactKind.AsksForMore, await live.CountAsync(s => s.Level < level, ct)));
        if (young.MinimumProofing is var proofing && proofing > old.MinimumProofing) impacts.Add(new(ImpactKind.KeepsOut, await live.CountAsync(s => s.Proofing < proofing, ct)));
        if (old.Connectors.Except(young.Connectors).ToArray() is { Length: > 0 } ways) impacts.Add(new(ImpactKind.TakesTheWay, await live.CountAsync(s => ways.Contains(s.Connector), ct)));
        return impacts;
    }

    /// <summary>Nobody writes down which address an answer went to; the last visit says whether the application lives.</summary>
    private async Task<Impact> OfAddressesAsync(Client client, List<string> gone, CancellationToken ct)
    {
        var last = await db.SessionParticipants.Where(p => p.ClientId == client.ClientId).MaxAsync(p => (DateTimeOffset?)p.FirstAt, ct);
        return new Impact(ImpactKind.RemovesAddress, gone.Count) { What = string.Join(", ", gone), LastUsedAt = last };
    }

    private List<Impact> OfConnector(string name, string before, string? after)
    {
        var users = registry.Document.Clients.Where(c => c.Enabled && c.AllowsConnector(name)).ToList();
        var impacts = OfUse(users.Count);
        var isGone = after is null || (IsEnabled(before) && !IsEnabled(after));
        var stranded = isGone ? users.Count(c => !registry.ConnectorsFor(c).Any(way => way.Name != name)) : 0;
        if (stranded > 0) impacts.Add(new(ImpactKind.LeavesNoWay, stranded));
        return impacts;
    }

    private static List<Impact> OfUse(int clients) => clients == 0 ? [] : [new(ImpactKind.UsedBy, clients)];

    private IQueryable<Session> LiveAt(string clientId)
    {
        var now = clock.GetUtcNow();
        return db.SessionParticipants.Where(p => p.ClientId == clientId).Join(db.Sessions, p => p.SessionId, s => s.Id, (p, s) => s).Where(s => s.EndedAt == null && s.ExpiresAt > now);
    }

    private Client? Read(string document) => reader.ReadClient(document) is ItemRead<Client>.Accepted { Item: var client } ? client : null;

    private static bool IsEnabled(string document) => !System.Text.Json.JsonElement.Parse(document).TryGetProperty("enabled", out var flag) || flag.ValueKind != System.Text.Json.JsonValueKind.False;
}

/// <param name="Count">Of people, visits, applications or rows, as the kind says.</param>
public sealed record Impact(ImpactKind Kind, long Count)
{
    public string? What { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What is older goes, or ends.</summary>
    public DateTimeOffset? Before { get; init; }
}

public enum ImpactKind
{
    /// <summary>People whom the application will not recognise any more.</summary>
    ChangesIdentifiers,

    /// <summary>Visits that end at the next click.</summary>
    ShutsOut,
    RemovesAddress,

    /// <summary>Visits that must prove more.</summary>
    AsksForMore,

    /// <summary>Visits of people who are not proofed well enough.</summary>
    KeepsOut,

    /// <summary>Visits that came by a way that is taken.</summary>
    TakesTheWay,

    /// <summary>Applications that use the item.</summary>
    UsedBy,

    /// <summary>Applications to which nobody could sign in any more.</summary>
    LeavesNoWay,

    /// <summary>Visits that were quiet for longer than they may be.</summary>
    EndsVisits,
    RemovesAuditRows,
    RemovesVisits,
    RemovesFailures,
    RemovesMails,
    RemovesStatistics,

    /// <summary>What the policy said is said by the settings of the nodes again.</summary>
    BackToSettings,
}
