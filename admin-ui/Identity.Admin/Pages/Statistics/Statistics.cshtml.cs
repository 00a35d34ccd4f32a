using System.Globalization;
using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Statistics;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Statistics;

/// <summary>The pictures of ux.md §9. Open to everybody who is signed in; whose numbers they show is the domain's answer.</summary>
[NeedsSignIn]
public sealed class StatisticsModel(StatisticsAccess access, StatisticsReader reader, SignInWays ways, Expiries expiries, ClientRegistry registry, TimeProvider clock) : AdminPage
{
    [BindProperty(SupportsGet = true)] public PeriodLength Period { get; set; }

    /// <summary>One application alone; one that is not theirs shows nothing.</summary>
    [BindProperty(SupportsGet = true)] public string? App { get; set; }

    public StatisticsPeriod Span { get; private set; } = null!;
    public bool IsProvince { get; private set; }
    public IReadOnlyList<Client> Applications { get; private set; } = [];
    public StatisticsSums Sums { get; private set; } = null!;
    public StatisticsSums Before { get; private set; } = null!;
    public IReadOnlyDictionary<(string ClientId, string Connector), MatrixCell> Matrix { get; private set; } = null!;
    public IReadOnlyList<ConnectorSeries> Connectors { get; private set; } = [];
    public IReadOnlyList<WaitSlot> Waits { get; private set; } = [];
    public IReadOnlyList<WayCount> Ways { get; private set; } = [];
    public ExpiryPage Ends { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var reach = await access.ReachAsync(Actor, ct);
        Applications = access.Applications(reach);
        reach = StatisticsAccess.Only(reach, App);
        IsProvince = reach is StatisticsReach.Province;
        Span = StatisticsPeriod.EndingAt(Period, clock.GetUtcNow());
        Sums = await reader.SumsAsync(reach, Span, ct);
        Before = await reader.SumsAsync(reach, Span.Before, ct);
        Matrix = await reader.MatrixAsync(reach, Span, ct);
        (Connectors, Waits) = (Sums.Connectors, Sums.Waits);
        Ways = await ways.ReadAsync(reach, clock.GetUtcNow(), ct);
        Ends = await expiries.PageAsync(Actor, after: null, ct);
    }

    public string ConnectorName(string name, string language) => registry.FindConnector(name)?.DisplayName.In(language) ?? name;

    public string AppName(string clientId, string language) => registry.FindClient(clientId)?.ClientName.In(language) ?? clientId;

    public string SlotName(DateTimeOffset slot) => Period switch
    {
        PeriodLength.Day => VietnamTime.Text(slot)[11..],
        PeriodLength.Year => VietnamTime.Day(slot)[3..],
        _ => VietnamTime.Day(slot)[..5],
    };

    /// <summary>A column for a few is drawn as the same few, however many they were.</summary>
    public static long Drawn(long amount) => SmallNumber.Is(amount) ? SmallNumber.Hidden / 2 : amount;

    public static string MonthName(int month) => string.Create(CultureInfo.InvariantCulture, $"{month % 100:00}/{month / 100}");
}
