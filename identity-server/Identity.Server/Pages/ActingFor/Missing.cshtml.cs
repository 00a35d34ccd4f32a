using Identity.Domain.Delegation;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.ActingFor;

/// <summary>Why a business or an agency is not among the choices, and what to do about each reason.</summary>
public sealed class MissingModel : LoginPage
{
    /// <summary>A register did not answer just now.</summary>
    public bool IsRegisterUnreachable { get; set; }

    /// <summary>Whether there is anything to choose from at all.</summary>
    public bool CanChoose { get; set; }

    /// <summary>When there is nothing to choose from, this sign-in goes no further.</summary>
    public Reference? Reference { get; set; }

    public IReadOnlyList<CapacityRow> Unusable { get; set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] CapacityDirectory capacities,
        [FromServices] CapacityRows rows, [FromServices] LoginProblems problems, [FromServices] IdentityDb db, bool unreachable = false)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var ct = HttpContext.RequestAborted;
        if (await login.CurrentAsync(HttpContext, ct) is not { } session || pages.ClientOf(pending) is not { AcceptsOnlyCitizens: false } client)
            return Redirect(ParkedRequests.ResumeAddress(pending));
        var situation = await capacities.SituationAsync(session.PersonId, client, ct);
        IsRegisterUnreachable = unreachable;
        CanChoose = situation.Usable.Count > 0;
        if (!CanChoose)
        {
            problems.NoteNoCapacity(pending);
            await db.SaveChangesAsync(ct);
            Reference = new(pending.Reference!, pending.ProblemAt!.Value);
        }
        Unusable = await rows.OfAsync(situation with { Usable = [] }, ct);
        return Page();
    }
}
