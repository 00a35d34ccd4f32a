using System.Globalization;
using Identity.Benchmarks.Seed;
using Identity.Benchmarks.Stage;
using Npgsql;

namespace Identity.Benchmarks.Lists;

internal sealed record MeasuredList(string Name, Func<int, ListRequest> Request);

/// <param name="Visitor">Up to 7 the province's, from 8 on an agency's.</param>
internal sealed record ListRequest(int Visitor, string Path, IReadOnlyList<(string, string)>? Form = null)
{
    /// <summary>Somebody must be found by this form, or it was not the search that is measured.</summary>
    public bool Finds { get; init; }
}

/// <summary>Every list of the host, each call with other parameters and another place to begin.</summary>
internal sealed class ListCatalog
{
    public const int Visitors = 12;
    private const int Provincial = 8;
    private const int Sampled = 64;

    private readonly Dictionary<string, IReadOnlyList<string>> _samples = [];

    public static async Task<IReadOnlyList<MeasuredList>> ReadAsync(ServerSettings settings, CancellationToken ct)
    {
        var catalog = new ListCatalog();
        await using var database = ListFilling.Open(settings);
        foreach (var (name, query) in Samples) catalog._samples[name] = await ReadAsync(database, query, ct);
        return [.. catalog.Trail(), .. catalog.Numbers(), .. catalog.Applications(), .. catalog.People(), .. catalog.Operation(), .. catalog.Agency()];
    }

    private static readonly (string Name, string Query)[] Samples =
    [
        ("sequence", "SELECT sequence::text FROM audit_events TABLESAMPLE SYSTEM (0.5) ORDER BY random()"), ("recent", "SELECT (last - n * 1000)::text FROM (SELECT max(sequence) AS last FROM audit_events) newest, generate_series(1, 200) n ORDER BY random()"),
        ("actor", "SELECT 'admin:' || id FROM bench.person WHERE n < 400 ORDER BY random()"), ("busy person", "SELECT id::text FROM bench.person WHERE n < 2000 ORDER BY random()"),
        ("session", "SELECT session_id::text FROM audit_events TABLESAMPLE SYSTEM (0.5) WHERE session_id IS NOT NULL ORDER BY random()"),
        ("reference", "SELECT reference FROM failure_records ORDER BY random()"), ("application", "SELECT id::text FROM applications ORDER BY random()"),
        ("due", "SELECT to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM production_requests WHERE state = 0 ORDER BY random()"), ("role", "SELECT id::text FROM role_assignments ORDER BY random()"),
        ("conflict", "SELECT id::text FROM link_conflicts ORDER BY random()"), ("proposal", "SELECT id::text FROM configuration_proposals ORDER BY random()"), ("standing", "SELECT id::text FROM affiliations ORDER BY random()"),
        ("unit", "SELECT id::text FROM org_units ORDER BY random()"), ("client", "SELECT name FROM configuration_items WHERE kind = 'client' AND name LIKE 'bench-0%' ORDER BY random()"),
    ];

    private IEnumerable<MeasuredList> Trail()
    {
        yield return List("trail: two days", n => Audit(2, "", n));
        yield return List("trail: 90 days", n => Audit(90, "", n));
        yield return List("trail: 90 days, an event", n => Audit(90, $"&Input.Event={Event(n)}", n));
        yield return List("trail: 90 days, a rare event", n => Audit(90, "&Input.Event=client.changed", n));
        yield return List("trail: 90 days, a busy client", n => Audit(90, $"&Input.Client={Busy(n)}", n));
        yield return List("trail: 90 days, a client", n => Audit(90, $"&Input.Client={Sample("client", n)}", n));
        yield return List("trail: 90 days, a person", n => Audit(90, $"&Input.Person={Sample("busy person", n)}", n));
        yield return List("trail: 90 days, an administrator", n => Audit(90, $"&Input.Who={Sample("actor", n)}", n));
        yield return List("trail: 90 days, a session", n => Audit(90, $"&Input.Session={Sample("session", n)}", n));
        yield return List("trail: 90 days, what failed", n => Audit(90, "&Input.Outcome=failed", n));
        yield return List("trail: 90 days, what was refused for a client", n => Audit(90, $"&Input.Outcome=refused&Input.Client={Busy(n)}", n));
        yield return List("trail: 90 days, an event of a busy client", n => Audit(90, $"&Input.Event={Event(n)}&Input.Client={Busy(n)}", n));
        yield return List("trail: 90 days, an event of a client", n => Audit(90, $"&Input.Event={Event(n)}&Input.Client={Sample("client", n)}", n));
        yield return List("trail: 90 days, a rare event of a busy client", n => Audit(90, $"&Input.Event=client.changed&Input.Client={Busy(n)}", n));
        yield return List("trail: 90 days, an event of a person", n => Audit(90, $"&Input.Event={Event(n)}&Input.Person={Sample("busy person", n)}", n));
        yield return List("trail: 90 days, an event by an administrator", n => Audit(90, $"&Input.Event=person.looked_up&Input.Who={Sample("actor", n)}", n));
        yield return List("trail: 90 days, a person by an administrator", n => Audit(90, $"&Input.Person={Sample("busy person", n)}&Input.Who={Sample("actor", n)}", n));
        yield return List("trail: 90 days, a person at a client", n => Audit(90, $"&Input.Person={Sample("busy person", n)}&Input.Client={Busy(n)}", n));
    }

    private IEnumerable<MeasuredList> Numbers()
    {
        foreach (var period in (string[])["Day", "Week", "Month", "Year"]) yield return List($"statistics: {period.ToLowerInvariant()}", n => new(n % Provincial, $"/statistics?period={period}"));
        yield return List("statistics: year of a busy application", n => new(n % Provincial, $"/statistics?period=Year&app={Busy(n)}"));
        yield return List("statistics: year of an application", n => new(n % Provincial, $"/statistics?period=Year&app={Sample("client", n)}"));
        yield return List("work that waits", n => new(n % Provincial, "/"));
    }

    private IEnumerable<MeasuredList> Applications()
    {
        yield return List("applications: all", n => new(n % Provincial, $"/apps?of=all{After("application", n)}"));
        yield return List("applications: without owners", n => new(n % Provincial, $"/apps?of=orphaned{After("application", n)}"));
        yield return List("applications: not confirmed", n => new(n % Provincial, $"/apps?of=unconfirmed{After("application", n)}"));
        yield return List("applications: by state", n => new(n % Provincial, $"/apps?of=all&state={n % 4}{After("application", n)}"));
        yield return List("applications: by name", n => new(n % Provincial, $"/apps?of=all&name=Ứng dụng {100 + n}{After("application", n)}"));
        yield return List("applications: one's own", n => new(n % Provincial, "/apps"));
        yield return List("applications: a team", n => new(n % Provincial, $"/apps/{Sample("application", n)}/team"));
        yield return List("applications: secrets that end", n => new(n % Provincial, $"/apps/expiring{(n % 2 == 0 ? "" : $"?after={DateTimeOffset.UtcNow.AddDays(n % 80).UtcTicks}.")}"));
        yield return List("requests for production", n => new(n % Provincial, $"/reviews{(n % 2 == 0 ? "" : $"?after={Uri.EscapeDataString(Sample("due", n))}")}"));
    }

    private IEnumerable<MeasuredList> People()
    {
        yield return List("people: by personal number", n => LookUp(n, "PersonalNumber", SeededRows.PersonalNumber(31_337 + n * 997 % 5_000)));
        yield return List("people: by official mail", n => LookUp(n, "OfficialMail", ListTables.Mail(11 + n * 53 % 5_000)));
        yield return List("people: by code of a failure", n => LookUp(n, "FailureCode", Sample("reference", n)));
        yield return List("people: by ending and year", n => LookUp(n, "NumberEnding", $"{1_000 + n * 131 % 8_000}", ("Input.BirthYear", $"{1960 + n}"), ("Input.CaseNumber", "12/2026")));
        yield return List("people: recoveries", n => new(n % Provincial, "/recoveries"));
        yield return List("people: decided conflicts", n => new(n % Provincial, $"/conflicts/decided{(n % 2 == 0 ? "" : $"?after={DateTimeOffset.UtcNow.AddMinutes(-n).UtcTicks}.{Sample("conflict", n)}")}"));
        yield return List("people: conflicts", n => new(n % Provincial, $"/conflicts{(n % 2 == 0 ? "" : $"?after={Sample("conflict", n)}")}"));
    }

    private IEnumerable<MeasuredList> Operation()
    {
        yield return List("units", n => new(n % Provincial, n % 2 == 0 ? "/units" : $"/units?text={n % 10}"));
        yield return List("a unit and its people", n => new(n % Provincial, $"/units/{Sample("unit", n)}"));
        yield return List("posts: idle", n => new(n % Provincial, $"/staff/reviews?list=Idle{After("standing", n)}"));
        yield return List("posts: to be reviewed", n => new(n % Provincial, $"/staff/reviews?list=Review{After("standing", n)}"));
        yield return List("roles", n => new(n % Provincial, $"/roles?ended={(n % 3 == 0 ? "true" : "false")}{After("role", n)}"));
        yield return List("configuration: clients", n => new(n % Provincial, $"/configuration?kind=client&after={Sample("client", n)}"));
        yield return List("configuration: clients by name", n => new(n % Provincial, $"/configuration?kind=client&q=00{n % 10}"));
        yield return List("configuration: proposals", n => new(n % Provincial, $"/configuration/proposals?state={n % 2}{After("proposal", n)}"));
        yield return List("configuration: history", n => new(n % Provincial, string.Create(CultureInfo.InvariantCulture, $"/configuration/history?kind=client&name=bench-{n % 40:000000}&before={40 + n * 6}")));
        yield return List("connectors", n => new(n % Provincial, "/connectors"));
        yield return List("announcements", n => new(n % Provincial, "/announcements"));
    }

    private IEnumerable<MeasuredList> Agency()
    {
        yield return List("an agency's trail: 90 days", n => Audit(90, "", n) with { Visitor = Agency(n) });
        yield return List("an agency's trail: 90 days, an event", n => Audit(90, $"&Input.Event=person.looked_up", n) with { Visitor = Agency(n) });
        yield return List("an agency's statistics: year", n => new(Agency(n), "/statistics?period=Year"));
        yield return List("an agency's statistics: month", n => new(Agency(n), "/statistics?period=Month"));
        yield return List("an agency's applications", n => new(Agency(n), $"/apps?of=all{After("application", n)}"));
        yield return List("an agency's applications without owners", n => new(Agency(n), "/apps?of=orphaned"));
        yield return List("an agency's applications that nobody confirmed", n => new(Agency(n), "/apps?of=unconfirmed"));
        yield return List("an agency's work that waits", n => new(Agency(n), "/"));
        yield return List("an agency's recoveries", n => new(Agency(n), "/recoveries"));
        yield return List("an agency's posts: idle", n => new(Agency(n), "/staff/reviews?list=Idle"));
    }

    private static int Agency(int n) => Provincial + n % (Visitors - Provincial);

    private static MeasuredList List(string name, Func<int, ListRequest> request) => new(name, request);

    private ListRequest Audit(int days, string conditions, int n)
    {
        // Spans that end somewhere in the year, and pages that begin somewhere in the span.
        var to = DateTime.UtcNow.AddDays(-(n * 37 % 250));
        var before = n % 3 == 0 ? "" : $"&before={Sample(days == 2 ? "recent" : "sequence", n)}";
        return new(n % Provincial, string.Create(CultureInfo.InvariantCulture, $"/audit?Input.From={to.AddDays(-days):yyyy-MM-dd}&Input.To={to:yyyy-MM-dd}{conditions}{before}"));
    }

    private static ListRequest LookUp(int n, string key, string text, params (string, string)[] more) =>
        new(n % Provincial, "/people", [("Input.Key", key), ("Input.Text", text), ("Input.Reason", "1"), .. more]) { Finds = key != "NumberEnding" };

    private string After(string kind, int n) => n % 3 == 0 ? "" : $"&after={Sample(kind, n)}";

    private static string Event(int n) => ((string[])["token.issued", "signin.failed", "session.ended", "token.refused", "authorize.refused", "code.issued", "person.looked_up", "audit.searched"])[n % 8];

    private static string Busy(int n) => string.Create(CultureInfo.InvariantCulture, $"bench-{n % 12:000000}");

    private string Sample(string kind, int n) => _samples[kind] is { Count: > 0 } some ? some[n % some.Count] : throw new BenchmarkException($"Nothing of {kind} in this database.");

    private static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource database, string query, CancellationToken ct)
    {
        var found = new List<string>();
        await using var command = database.CreateCommand($"{query} LIMIT {Sampled}");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) found.Add(rows.GetString(0));
        return found;
    }
}
