using System.Globalization;
using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>Finds one person by an exact key, for a reason that they will read.</summary>
[Needs(Permission.LookUpPeople)]
public sealed class SearchModel : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public SearchForm Input { get; set; } = new();

    public IReadOnlyList<FoundPerson> Found { get; set; } = [];

    public override string? FieldOf(string fault) => fault switch
    {
        "desk.search.ReasonIsMissing" => "reason",
        "desk.search.CaseIsMissing" or "desk.search.CaseIsWrong" => "case",
        "desk.search.KeyIsWrong" or "desk.search.Nobody" or "desk.search.TooMany" => "text",
        _ => null,
    };

    public void OnGet()
    {
        // A form that was only opened has no fault yet, whatever stands in its address.
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync([FromServices] PersonLookUps lookUps, CancellationToken ct)
    {
        ModelState.Clear();
        switch (await lookUps.SearchAsync(Actor, Input.Read(), ct))
        {
            case LookUpOutcome.Found { People: [var only] }: return GoTo($"/people/{only.LookUpId}");
            case LookUpOutcome.Found { People: var several }: Found = several; break;
            case LookUpOutcome.Refused { Why: var why }: Faults.Add($"desk.search.{why}"); break;
        }
        return Page();
    }
}

public sealed class SearchForm
{
    public LookUpKey Key { get; set; }
    public string? Text { get; set; }
    public string? BirthYear { get; set; }
    public LookUpReason? Reason { get; set; }
    public string? CaseNumber { get; set; }

    public LookUpRequest Read() => new(Key, Text ?? "", Reason)
    {
        BirthYear = int.TryParse(BirthYear?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
        CaseNumber = CaseNumber,
    };
}
