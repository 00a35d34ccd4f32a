using System.Globalization;
using System.Text.Json;
using Identity.Sandbox.Pages;
using Identity.Sandbox.People;

namespace Identity.Sandbox.Register;

/// <summary>The register's book, open to everybody's hand: who may act for whom, the state of a company, and what goes wrong for those who ask.</summary>
internal sealed class RegisterPage(RegisterMemory memory, RegisterEvents events)
{
    static readonly string[] States = [SyntheticCompany.Active, SyntheticCompany.Paused, SyntheticCompany.Dissolved];
    static readonly Page Page = new("Sổ đăng ký doanh nghiệp (giả lập)", "eid");

    public IResult Show() => Page.Show("Doanh nghiệp và người đại diện", Html.Of($"""
        <p>Đang bật: <strong>{NameOf(memory.Failure)}</strong></p>
        <form method="post" action="/_sandbox/failure">
        <label for="failure">Điều gì sẽ hỏng với người hỏi?</label>
        <select id="failure" name="failure">{Html.Each(Enum.GetValues<RegisterFailure>(), f => Option(NameOf(f), f == memory.Failure))}</select>
        <button>Áp dụng</button>
        </form>
        {Html.Each(memory.All, Company)}
        """));

    public async Task<IResult> SetFailureAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || !Enum.TryParse<RegisterFailure>((await http.Request.ReadFormAsync(ct))["failure"], ignoreCase: true, out var failure)) return Results.BadRequest();
        memory.Failure = failure;
        return new RedirectTo("/");
    }

    /// <summary>One change to one company, then the event that tells subscribers; all by form, so that a hand and a test do the same.</summary>
    public async Task<IResult> ChangeAsync(HttpContext http, string taxCode, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || memory.Find(taxCode) is not { } company) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(ct);
        if (Changed(company, form) is not { } changed) return Page.Show("Không đổi được", Html.Of($"""<p class="problem">Không có người, vai trò hoặc tình trạng như vậy.</p>"""), StatusCodes.Status400BadRequest);
        memory.Put(changed);
        if (form["silent"] != "1") await events.TellAsync(changed, ct);
        return new RedirectTo("/");
    }

    /// <summary>For tests and curious people: the last events and whether they were taken.</summary>
    public IResult Sent() => Results.Json(events.Sent);

    public async Task<IResult> PutFailureAsync(HttpContext http, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: ct);
            if (!body.RootElement.TryGetProperty("failure", out var name) || !Enum.TryParse<RegisterFailure>(name.ToString(), ignoreCase: true, out var failure)) return Results.BadRequest();
            memory.Failure = failure;
            return Results.Json(new { failure = NameOf(failure) });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Results.BadRequest();
        }
    }

    static SyntheticCompany? Changed(SyntheticCompany company, IFormCollection form) => form["action"].ToString() switch
    {
        "remove" => company with { Officers = [.. company.Officers.Where(o => o.Number != form["number"])] },
        "add" when SyntheticPeople.Find(form["person"]) is { } person && CompanyOfficer.Roles.Contains(form["role"].ToString()) =>
            company with { Officers = [.. company.Officers.Where(o => o.Number != person.Number), CompanyOfficer.Of(person.Key, form["role"].ToString(), "Giám đốc")] },
        "state" when States.Contains(form["state"].ToString()) =>
            company with { State = form["state"].ToString(), DissolvedOn = form["state"] == SyntheticCompany.Dissolved ? DateOnly.FromDateTime(DateTime.UtcNow) : null },
        _ => null,
    };

    static Html Company(SyntheticCompany company) => Html.Of($"""
        <h2>{company.Name}</h2>
        <p>Mã số thuế {company.TaxCode} · {company.State} <span class="muted">{company.Description}</span></p>
        {Html.Each(company.Officers, o => Officer(company, o))}
        <form method="post" action="/_sandbox/{company.TaxCode}">
        <input type="hidden" name="action" value="add">
        <label for="p-{company.TaxCode}">Thêm người</label>
        <select id="p-{company.TaxCode}" name="person">{Html.Each(SyntheticPeople.All, p => Option(p.Key, false))}</select>
        <label for="r-{company.TaxCode}">Vai trò</label>
        <select id="r-{company.TaxCode}" name="role">{Html.Each(CompanyOfficer.Roles, r => Option(r, false))}</select>
        <button>Thêm</button>
        </form>
        <form method="post" action="/_sandbox/{company.TaxCode}">
        <input type="hidden" name="action" value="state">
        <label for="s-{company.TaxCode}">Tình trạng</label>
        <select id="s-{company.TaxCode}" name="state">{Html.Each(States, s => Option(s, s == company.State))}</select>
        <button>Đổi</button>
        </form>
        """);

    static Html Officer(SyntheticCompany company, CompanyOfficer officer) => Html.Of($"""
        <form method="post" action="/_sandbox/{company.TaxCode}">
        <input type="hidden" name="action" value="remove"><input type="hidden" name="number" value="{officer.Number}">
        <p>{SyntheticPeople.All.FirstOrDefault(p => p.Number == officer.Number)?.FullName}, {officer.Position}, {officer.Role}, sinh {officer.Born?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}</p>
        <button class="plain">Xóa khỏi sổ đăng ký</button>
        </form>
        """);

    static Html Option(string value, bool selected) => Html.Of($"""<option value="{value}"{(selected ? new Html(" selected") : Html.Empty)}>{value}</option>""");

    static string NameOf(RegisterFailure failure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());
}
