using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Configuration;

/// <summary>One item as JSON. Nothing typed is ever lost: an error, somebody who was faster and an expired sign-in all bring it back.</summary>
[Needs(Permission.ChangeConfiguration), RequestSizeLimit(LargestRequest), RequestFormLimits(ValueCountLimit = 100, ValueLengthLimit = LargestRequest)]
public sealed class EditModel : ConfigurationPage
{
    /// <summary>The longest document, whatever its letters: a form writes one of them in nine bytes. A longer one is read as far as to say so, with what was typed.</summary>
    private const int LargestRequest = 1_000_000;

    [BindProperty(SupportsGet = true)] public EditInput Input { get; set; } = new();

    public IReadOnlyList<ConfigurationError> Errors { get; set; } = [];
    public ItemPreview? Preview { get; set; }

    /// <summary>What somebody else changed since this form was made.</summary>
    public IReadOnlyList<ThreeWayChange> Meanwhile { get; set; } = [];

    public bool IsNew => string.IsNullOrEmpty(Name);

    public async Task<IActionResult> OnGetAsync([FromServices] ItemHistory history, CancellationToken ct)
    {
        if (!ItemKey.IsKind(Kind)) return NotFound();
        var state = IsNew ? null : await history.FindAsync(Actor, Item, ct);
        if (state is null && !IsNew) return NotFound();
        if (Input.Document is null) (Input.Document, Input.Version) = (state?.Document ?? "{\n}", state?.Version ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ItemPreviews previews, [FromServices] ItemChanges changes, [FromServices] ConfigurationProposals proposals,
        [FromServices] ItemHistory history, CancellationToken ct)
    {
        if (!ItemKey.IsKind(Kind)) return NotFound();
        var edit = new ItemEdit(new ItemKey(Kind!, (IsNew ? Input.Name : Name) ?? ""), Input.Version, Input.Document ?? "", Input.Reason ?? "");
        var outcome = Input.Act switch
        {
            "save" => await changes.ChangeAsync(Actor, edit, ct),
            "propose" => await proposals.ProposeAsync(Actor, edit, ct),
            _ => null,
        };
        if (outcome is ItemOutcome.Changed or ItemOutcome.Unchanged) return Go($"{AddressOf("item", edit.Item)}&done={(outcome is ItemOutcome.Changed ? "saved" : "unchanged")}");
        if (outcome is ItemOutcome.Proposed proposed) return Go($"/configuration/proposal?id={proposed.Id}&done=proposed");
        var preview = await previews.OfAsync(Actor, edit, ct);
        Preview = (preview as PreviewOutcome.Shown)?.Preview;
        await ExplainAsync(edit, outcome ?? (preview as PreviewOutcome.Problem)?.Outcome, history, ct);
        return Page();
    }

    private async Task ExplainAsync(ItemEdit edit, ItemOutcome? problem, ItemHistory history, CancellationToken ct)
    {
        if (FaultOf(problem) is { } fault) Faults.Add(fault);
        if (problem is ItemOutcome.Refused refused) Errors = refused.Errors;
        if (problem is not ItemOutcome.Stale stale) return;
        var (origin, current) = (await history.VersionAsync(Actor, edit.Item, edit.BaseVersion, ct), await history.VersionAsync(Actor, edit.Item, stale.Current, ct));
        Meanwhile = TypedDocument.ThreeWay(origin?.Document, current?.Document, edit.Document!);
        // The next attempt is made with this knowledge.
        Input.Version = stale.Current;
    }
}

public sealed class EditInput
{
    /// <summary>Of a new item only.</summary>
    public string? Name { get; set; }

    /// <summary>The version that the form was made from.</summary>
    public int Version { get; set; }

    public string? Document { get; set; }
    public string? Reason { get; set; }

    /// <summary>check, save or propose.</summary>
    public string? Act { get; set; }
}
