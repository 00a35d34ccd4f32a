using System.Globalization;
using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>One unit: what it was, who is in it, and what may be done with it, each deed with its consequences before it is done.</summary>
[Needs(Permission.ReadOrganisations)]
public sealed class UnitModel : DeskPage
{
    [FromRoute] public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnitForm Input { get; set; } = new();

    public UnitPageView? View { get; set; }

    /// <summary>What the deed in the form would do; null before it was asked for.</summary>
    public UnitConsequences? Consequences { get; set; }

    public override string? FieldOf(string fault) => fault switch
    {
        "org.refused.NameIsWrong" => "vi",
        "org.refused.CodeIsWrong" or "org.refused.CodeIsTaken" => "newcode",
        "org.refused.DayIsWrong" or "org.refused.NotThereThen" => $"since-{Input.Deed}",
        "org.refused.OtherIsNotThere" or "org.refused.WouldBeBelowItself" or "org.refused.WouldSucceedItself" => $"other-{Input.Deed}",
        _ => null,
    };

    public Task<IActionResult> OnGetAsync([FromQuery] string? after, [FromQuery] string? done, [FromServices] UnitView units, CancellationToken ct)
    {
        ModelState.Clear();
        TellDone(done);
        return ShowAsync(units, after, ct);
    }

    public async Task<IActionResult> OnPostPreviewAsync([FromServices] UnitChanges changes, [FromServices] UnitView units, CancellationToken ct)
    {
        ModelState.Clear();
        var (refusal, consequences) = await changes.PreviewAsync(Actor, Id, Input.Read(), ct);
        if (refusal is UnitRefusal.NotThere) return NotFound();
        if (refusal is { } why) Faults.Add($"org.refused.{why}");
        Consequences = consequences;
        return await ShowAsync(units, null, ct);
    }

    public async Task<IActionResult> OnPostApplyAsync([FromServices] UnitChanges changes, [FromServices] UnitView units, CancellationToken ct)
    {
        ModelState.Clear();
        var change = Input.Read();
        var refusal = await changes.ApplyAsync(Actor, Id, change, ct);
        if (refusal is UnitRefusal.NotThere) return NotFound();
        if (refusal is not { } why) return GoTo($"/units/{Id}?done={DoneWord(change.Deed)}");
        Faults.Add($"org.refused.{why}");
        return await ShowAsync(units, null, ct);
    }

    private async Task<IActionResult> ShowAsync(UnitView units, string? after, CancellationToken ct)
    {
        View = await units.OpenAsync(Actor, Id, after, ct);
        return View is null ? NotFound() : Page();
    }

    private static string DoneWord(UnitDeed deed) => deed switch
    {
        UnitDeed.Rename => "renamed",
        UnitDeed.Move => "moved",
        UnitDeed.Merge => "merged",
        _ => "ended",
    };
}

public sealed class UnitForm
{
    public UnitDeed Deed { get; set; }

    /// <summary>Version of the unit that the form was made from.</summary>
    public long Version { get; set; }

    public string? Since { get; set; }
    public string? NameVi { get; set; }
    public string? NameEn { get; set; }
    public string? OtherCode { get; set; }
    public string? NewCode { get; set; }

    public UnitChange Read() => new(Enum.IsDefined(Deed) ? Deed : UnitDeed.Rename, VietnamDay.Parse(Since ?? ""))
    {
        MadeFrom = Version is > 0 and <= 3_155_378_975_999_999_999 ? new DateTimeOffset(Version, TimeSpan.Zero) : DateTimeOffset.MinValue,
        NameVi = NameVi, NameEn = NameEn, OtherCode = OtherCode, NewCode = NewCode,
    };

    /// <summary>Everything of the form, for the confirmation.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Fields() =>
    [
        new("Input.Deed", Deed.ToString()), new("Input.Version", Version.ToString(CultureInfo.InvariantCulture)), new("Input.Since", Since), new("Input.NameVi", NameVi),
        new("Input.NameEn", NameEn), new("Input.OtherCode", OtherCode), new("Input.NewCode", NewCode),
    ];
}
