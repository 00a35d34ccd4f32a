using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Domain.Statistics;

/// <summary>Whose numbers somebody may see.</summary>
public abstract record StatisticsReach
{
    private StatisticsReach() { }

    public sealed record Province : StatisticsReach;

    /// <summary>Of these applications, and nothing else: connectors as far as those use them.</summary>
    public sealed record Applications(IReadOnlySet<string> ClientIds) : StatisticsReach;

    public bool Includes(string clientId) => this is Province || (this is Applications some && some.ClientIds.Contains(clientId));
}

/// <summary>The province's people see everything, an agency's administrator the applications of their units, owners their own.</summary>
public sealed class StatisticsAccess(ApplicationList applications, ClientRegistry registry)
{
    private const int MostChoices = 500;

    public async Task<StatisticsReach> ReachAsync(AdminActor actor, CancellationToken ct) => actor.May(Permission.ReadStatistics)
        ? new StatisticsReach.Province()
        : new StatisticsReach.Applications(await applications.ClientsOfAsync(actor, Permission.ReadStatistics, ct));

    /// <summary>One application of them alone; of one that is not theirs, nothing.</summary>
    public static StatisticsReach Only(StatisticsReach reach, string? clientId) =>
        string.IsNullOrEmpty(clientId) ? reach : new StatisticsReach.Applications(new HashSet<string>(reach.Includes(clientId) ? [clientId] : [], StringComparer.Ordinal));

    /// <summary>By name, as many as anybody chooses among.</summary>
    public IReadOnlyList<Client> Applications(StatisticsReach reach) => [.. Within(reach).OrderBy(c => c.ClientName.Vi, StringComparer.Ordinal).Take(MostChoices)];

    public IEnumerable<Client> Within(StatisticsReach reach) => registry.Document.Clients.Where(c => reach.Includes(c.ClientId));
}
