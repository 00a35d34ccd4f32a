using System.Globalization;
using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>The trail for whoever has to answer an inspector: time first, then who, what, about whom, and how it ended.</summary>
[Needs(Permission.ReadAudit)]
public sealed class AuditModel : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public AuditForm Input { get; set; } = new();

    public IReadOnlyList<AuditEvent> Rows { get; set; } = [];
    public AuditState? State { get; set; }

    /// <summary>Address of the next page; null at the end.</summary>
    public string? Older { get; set; }

    /// <summary>Query of this search, for its export.</summary>
    public string Search { get; set; } = "";

    public bool IsFirstPage { get; set; } = true;

    /// <summary>An agency sees rows of its tree, and nothing that is the province's.</summary>
    public bool IsForProvince { get; set; }

    public override string? FieldOf(string fault) => fault switch
    {
        "aud.fault.days" or "aud.fault.span" => "from",
        "aud.fault.person" => "person",
        "aud.fault.session" => "session",
        _ => null,
    };

    public async Task OnGetAsync([FromQuery] long? before, [FromServices] AuditSearch search, [FromServices] AuditChecks checks, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        ModelState.Clear();
        IsForProvince = Actor.May(Permission.ReadAudit);
        if (IsForProvince) State = await checks.StateAsync(ct);
        Input.FillDays(clock.GetUtcNow());
        if (Input.Read(Faults) is not { } query) return;
        (Rows, var olderThan) = await search.ReadAsync(Actor, query, before, ct);
        IsFirstPage = before is null;
        Search = Input.ToQuery();
        Older = olderThan is { } key ? string.Create(CultureInfo.InvariantCulture, $"/audit{Search}&before={key}") : null;
    }

    /// <summary>The rows of this search as a file.</summary>
    public async Task<IActionResult> OnPostExportAsync([FromForm] AuditFormat format, [FromServices] AuditSelection selection, CancellationToken ct)
    {
        ModelState.Clear();
        if (Input.Read(Faults) is not { } query || !Enum.IsDefined(format)) return BadRequest();
        return File(await selection.WriteAsync(Actor, query, format, ct), "application/zip", $"audit-{Input.From}-{Input.To}.zip");
    }

    public async Task<IActionResult> OnPostVerifyAsync([FromServices] AuditChecks checks, CancellationToken ct)
    {
        if (!Actor.May(Permission.ReadAudit)) return NotFound();
        await checks.VerifyAsync(ct);
        return GoTo("/audit");
    }
}

/// <summary>As it stands in the address: a search can be kept as a bookmark.</summary>
public sealed class AuditForm
{
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Who { get; set; }
    public string? Event { get; set; }
    public string? Person { get; set; }
    public string? Client { get; set; }
    public string? Session { get; set; }
    public string? Outcome { get; set; }

    /// <summary>Without a word about time: yesterday and today.</summary>
    public void FillDays(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(To)) To = Iso(VietnamDay.Of(now));
        if (string.IsNullOrWhiteSpace(From)) From = Iso((VietnamDay.Parse(To) ?? VietnamDay.Of(now)).AddDays(-1));
    }

    /// <summary>Null when something is wrong; then the keys of the texts that say so are added.</summary>
    public AuditQuery? Read(List<string> faults)
    {
        var (from, to) = (VietnamDay.Parse(From ?? ""), VietnamDay.Parse(To ?? ""));
        var (person, session) = (IdOf(Person), IdOf(Session));
        if (from is null || to is null) faults.Add("aud.fault.days");
        if (!string.IsNullOrWhiteSpace(Person) && person is null) faults.Add("aud.fault.person");
        if (!string.IsNullOrWhiteSpace(Session) && session is null) faults.Add("aud.fault.session");
        if (faults.Count > 0) return null;
        var query = new AuditQuery(VietnamDay.BeginOf(from!.Value), VietnamDay.EndOf(to!.Value))
        {
            Actor = WordOf(Who), Event = WordOf(Event), PersonId = person, ClientId = WordOf(Client), SessionId = session, Outcome = WordOf(Outcome),
        };
        if (query.IsSound) return query;
        faults.Add("aud.fault.span");
        return null;
    }

    public string ToQuery() => QueryString.Create(Fields().Where(f => WordOf(f.Value) is not null)).Value!;

    public IEnumerable<KeyValuePair<string, string?>> Fields() =>
    [
        new("Input.From", From), new("Input.To", To), new("Input.Who", Who), new("Input.Event", Event), new("Input.Person", Person), new("Input.Client", Client),
        new("Input.Session", Session), new("Input.Outcome", Outcome),
    ];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? WordOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Guid? IdOf(string? text) => Guid.TryParse(text?.Trim(), out var id) ? id : null;
}
