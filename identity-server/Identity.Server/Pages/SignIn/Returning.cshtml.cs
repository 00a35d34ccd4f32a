using Identity.Domain.Storage;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

public sealed class ReturningModel : LoginPage
{
    /// <summary>The same page again; it leads on as soon as there is an outcome.</summary>
    public string? ContinueTo { get; set; }

    private const int RefreshSeconds = 2;
    private const int MaximumRounds = 30;

    /// <summary>No script: the browser asks again by itself, a bounded number of times, and the button does the same.</summary>
    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginProblems problems, [FromServices] IdentityDb db, int round = 0)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (pending.SealedIdentity is not null || pending.Problem is not null || pending.SessionId is not null) return Redirect(At("/continue"));
        if (round >= MaximumRounds)
        {
            // The node that took the answer is gone, or the upstream outlasts every limit.
            problems.Note(pending, "signin.failed", ProblemKind.TimedOut, pending.Connector, "no outcome in time");
            await db.SaveChangesAsync(HttpContext.RequestAborted);
            return Redirect(At("/problem"));
        }
        ContinueTo = At($"/returning?round={round + 1}");
        Response.Headers["Refresh"] = $"{RefreshSeconds}; url={ContinueTo}";
        return Page();
    }
}
