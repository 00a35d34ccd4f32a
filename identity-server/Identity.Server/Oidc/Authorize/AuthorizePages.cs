using Identity.Domain.Failures;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Oidc.Authorize;

/// <summary>Parks the request, or notes in the parked one what is still missing, and leads to the page that asks for it.</summary>
public sealed class AuthorizePages(ParkedRequests parked, LoginProblems problems, IdentityDb db)
{
    /// <param name="personId">Who may go on.</param>
    /// <param name="isNobodyThere">The browser brought no session at all, not even of somebody who may not go on.</param>
    public async Task AskAsync(HttpContext http, AuthorizeRequest request, PendingAuthentication? pending, LoginRequirements needs, LoginStep step, Guid? personId, bool isNobodyThere)
    {
        var isResumed = pending is not null;
        var waiting = request.ToPark() with
        {
            ForceLogin = needs.ForceLogin,
            Needed = needs.Effective,
            Release = step == LoginStep.Release ? needs.Release : null,
            // Said again only where there was something to choose.
            Capacity = step == LoginStep.Release && !request.Client.AcceptsOnlyCitizens ? needs.Capacity!.Settled : null,
            PersonId = personId,
        };
        if (pending is null) pending = await parked.ParkAsync(http, waiting);
        else
        {
            ParkedRequests.AskAgain(pending, waiting);
            if (step == LoginStep.ProofingTooLow) problems.Note(pending, "signin.refused", ProblemKind.LevelTooLow, pending.Connector, "the application needs a better proofed identity", SignInStep.SignedIn);
            await db.SaveChangesAsync(http.RequestAborted);
        }
        http.SeeOther(step switch
        {
            LoginStep.SelectAccount => LoginAddress.Page(pending.Id, "switch"),
            LoginStep.ActingFor => LoginAddress.Page(pending.Id, CapacityEndpoints.Page),
            LoginStep.Release => LoginAddress.Page(pending.Id, "release"),
            LoginStep.ProofingTooLow => LoginAddress.Page(pending.Id, "problem"),
            LoginStep.StepUp => LoginAddress.StepUp(pending.Id),
            LoginStep.Enrol => LoginAddress.Page(pending.Id, "enrol"),
            // Whoever is there was judged already; a page that leads back here would come round for ever. Nobody there, after a sign-in: another
            // tab renewed the session while this request was on its way, and the page that leads on by itself finds the new one.
            _ => isResumed && !isNobodyThere ? LoginAddress.ChooserToStay(pending.Id) : LoginAddress.Chooser(pending.Id),
        });
    }

    /// <summary>Pages were shown and the person has done what they could: the help desk can see that it ended here.</summary>
    public Task NoteRefusedAsync(PendingAuthentication pending, LoginStep step, CancellationToken ct)
    {
        problems.NoteRefused(pending, step);
        return db.SaveChangesAsync(ct);
    }
}
