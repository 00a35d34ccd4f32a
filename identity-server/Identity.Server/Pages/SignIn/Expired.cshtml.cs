using Identity.Domain.Storage;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

public sealed class ExpiredModel : LoginPage
{
    /// <summary>The application's start page; null only when the request is too old to know whose it was.</summary>
    public Uri? StartAddress { get; set; }

    /// <summary>Not too late but done already: the back button, a second click.</summary>
    public bool Answered { get; set; }

    public Reference? Reference { get; set; }

    public async Task OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginProblems problems, [FromServices] IdentityDb db, [FromServices] TimeProvider clock)
    {
        var (pending, client) = await pages.FindAsync(this);
        Answered = pending?.ConcludedAt is not null;
        StartAddress = SignInPages.StartAddress(client);
        if (pending is null || Answered || pending.ExpiresAt > clock.GetUtcNow()) return;
        if (pending.Problem != LoginProblems.Expired)
        {
            problems.NoteExpired(pending);
            await db.SaveChangesAsync(HttpContext.RequestAborted);
        }
        if (pending is { Reference: { } code, ProblemAt: { } at }) Reference = new(code, at);
    }
}
