using System.Globalization;
using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>The tree of agencies as it stood on a day, as far as the actor may see.</summary>
[Needs(Permission.ReadOrganisations)]
public sealed class UnitsModel : DeskPage
{
    public IReadOnlyList<UnitLine> Lines { get; set; } = [];
    public string At { get; set; } = "";
    public string? Text { get; set; }

    public override string? FieldOf(string fault) => "at";

    public async Task OnGetAsync([FromQuery] string? at, [FromQuery] string? text, [FromServices] UnitView view, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var day = VietnamDay.Parse(at ?? "");
        if (!string.IsNullOrWhiteSpace(at) && day is null) Faults.Add("org.fault.day");
        At = (day ?? VietnamDay.Of(now)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Text = text?.Length > 100 ? text[..100] : text;
        Lines = await view.TreeAsync(Actor, day is { } then && then != VietnamDay.Of(now) ? VietnamDay.BeginOf(then) : now, Text, ct);
    }
}
