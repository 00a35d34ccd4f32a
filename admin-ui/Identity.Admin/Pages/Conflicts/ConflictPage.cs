using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>Both sides of a case and what one desk proposes about it: the same for a case that waits and for one that is decided.</summary>
public abstract class ConflictPage : DeskPage
{
    [FromRoute] public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public ProposalForm Input { get; set; } = new();

    public ConflictCase? Case { get; set; }

    /// <summary>Proposed by the one who looks: somebody else has to say yes.</summary>
    public bool IsOwnProposal { get; set; }

    public override string? FieldOf(string fault) => fault switch
    {
        "con.fault.verdict" => $"verdict-{default(ConflictVerdict)}",
        "desk.refused.NotAParty" => "side-1",
        "desk.refused.CaseIsMissing" or "desk.refused.CaseIsWrong" => "papers",
        _ => null,
    };

    /// <summary>Null when the case is not there, or not one of this page.</summary>
    protected abstract Task<ConflictCase?> ReadAsync(ConflictCases cases, CancellationToken ct);

    protected async Task<IActionResult> TellAsync(DeskRefusal? refusal, string next, ConflictCases cases, CancellationToken ct)
    {
        if (refusal is DeskRefusal.NotThere) return NotFound();
        return Refuse(refusal) ? await ShowAsync(cases, ct) : GoTo(next);
    }

    protected async Task<IActionResult> ShowAsync(ConflictCases cases, CancellationToken ct)
    {
        ModelState.Clear();
        Case = await ReadAsync(cases, ct);
        IsOwnProposal = Case?.Proposal?.ProposedBy == Actor.PersonId;
        return Case is null ? NotFound() : Page();
    }
}

public sealed class ProposalForm
{
    public ConflictVerdict? Verdict { get; set; }

    /// <summary>Mark of the side that it belongs to.</summary>
    public string? Side { get; set; }

    /// <summary>Why a decision is taken back.</summary>
    public UndoReason? Reason { get; set; }

    public string? Papers { get; set; }

    /// <summary>Mark of the one that is answered.</summary>
    public string? Proposal { get; set; }
}
