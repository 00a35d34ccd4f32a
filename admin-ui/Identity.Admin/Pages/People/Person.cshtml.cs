using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>One person's record behind a look-up. Its address names the look-up, which opens for its own actor alone and not for long.</summary>
[Needs(Permission.LookUpPeople)]
public sealed class PersonModel : DeskPage
{
    [FromRoute] public Guid Id { get; set; }

    /// <summary>Null when there is nothing to see under this address for this actor.</summary>
    public DeskRecord? Record { get; set; }

    /// <summary>The one value that was asked for, on this very answer.</summary>
    public (string Name, string Value)? Shown { get; set; }

    [BindProperty(SupportsGet = true)]
    public DeedForm Input { get; set; } = new();

    public override string? FieldOf(string fault) => (fault, RouteData.Values["handler"] as string) switch
    {
        ("desk.refused.ReasonIsMissing", _) => "freeze-reason",
        ("desk.refused.CaseIsMissing" or "desk.refused.CaseIsWrong", "recover") => "recover-case",
        ("desk.refused.CaseIsMissing" or "desk.refused.CaseIsWrong", _) => "freeze-case",
        _ => null,
    };

    public Task<IActionResult> OnGetAsync([FromQuery] string? done, [FromServices] PersonDesk desk, CancellationToken ct)
    {
        ModelState.Clear();
        TellDone(done);
        return ShowAsync(desk, ct);
    }

    public async Task<IActionResult> OnPostRevealAsync([FromForm] string? fact, [FromServices] PersonLookUps lookUps, [FromServices] PersonDesk desk, CancellationToken ct)
    {
        if (fact is null || await lookUps.RevealAsync(Actor, Id, fact, ct) is not { } value) return NotFound();
        Shown = (fact, value);
        return await ShowAsync(desk, ct);
    }

    public async Task<IActionResult> OnPostEndSessionAsync([FromForm] Guid session, [FromServices] DeskSessions sessions, [FromServices] PersonDesk desk, CancellationToken ct) =>
        await TellAsync(await sessions.EndAsync(Actor, Id, session, ct), "signed_out", desk, ct);

    public async Task<IActionResult> OnPostEndAllAsync([FromServices] DeskSessions sessions, [FromServices] PersonDesk desk, CancellationToken ct) =>
        await TellAsync(await sessions.EndAllAsync(Actor, Id, ct), "all_signed_out", desk, ct);

    public async Task<IActionResult> OnPostFreezeAsync([FromServices] PersonFreeze freeze, [FromServices] PersonDesk desk, CancellationToken ct) =>
        await TellAsync(await freeze.FreezeAsync(Actor, Id, Input.Wish(), ct), "frozen", desk, ct);

    public async Task<IActionResult> OnPostUnfreezeAsync([FromServices] PersonFreeze freeze, [FromServices] PersonDesk desk, CancellationToken ct) =>
        await TellAsync(await freeze.UnfreezeAsync(Actor, Id, Input.Wish(), ct), "unfrozen", desk, ct);

    public async Task<IActionResult> OnPostRecoverAsync([FromServices] RecoveryAids aids, [FromServices] PersonDesk desk, CancellationToken ct) =>
        await TellAsync(await aids.RequestAsync(Actor, Id, Input.CaseNumber, ct), "recovery_asked", desk, ct);

    private async Task<IActionResult> TellAsync(DeskRefusal? refusal, string deed, PersonDesk desk, CancellationToken ct)
    {
        ModelState.Clear();
        if (refusal is DeskRefusal.NotThere) return NotFound();
        return Refuse(refusal) ? await ShowAsync(desk, ct) : GoTo($"/people/{Id}?done={deed}");
    }

    private async Task<IActionResult> ShowAsync(PersonDesk desk, CancellationToken ct)
    {
        Record = await desk.OpenAsync(Actor, Id, ct);
        return Record is null ? NotFound() : Page();
    }
}

public sealed class DeedForm
{
    public FreezeReason? Reason { get; set; }
    public string? CaseNumber { get; set; }

    public FreezeWish Wish() => new(Reason, CaseNumber);
}
