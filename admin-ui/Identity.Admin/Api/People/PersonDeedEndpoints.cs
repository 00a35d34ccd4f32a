using Identity.Domain.Administration;
using Identity.Domain.Desk;

namespace Identity.Admin.Api;

/// <summary>What a desk does to a person, through the look-up that it has open. Each answers with the record as it stands after.</summary>
internal static class PersonDeedEndpoints
{
    private const string One = LookUpEndpoints.One;

    public static void MapPersonDeeds(this IEndpointRouteBuilder api)
    {
        api.MapPost($"{One}/sessions/{{session:guid}}/ending", EndSessionAsync).Produces<ShownPerson>()
            .Operation("endSession", "Sign the person out of one browser", Deed(), 404, 409);
        api.MapPost($"{One}/sessions/ending", EndAllAsync).Produces<ShownPerson>()
            .Operation("endAllSessions", "Sign the person out of everything", Deed(), 404);
        api.MapPost($"{One}/freezing", FreezeAsync).Produces<ShownPerson>()
            .Operation("freezePerson", "Let the person in nowhere until somebody unfreezes them", Deed(), 404, 409, 413, 415, 422);
        api.MapPost($"{One}/unfreezing", UnfreezeAsync).Produces<ShownPerson>()
            .Operation("unfreezePerson", "Let the person in again", Deed(), 404, 409, 413, 415, 422);
    }

    private static ApiOperation Deed() => new(Permission.ActOnPeople) { IsForgotten = true };

    private static async Task<IResult> EndSessionAsync(Guid id, Guid session, HttpContext http, DeskSessions sessions, PersonDesk desk, CancellationToken ct) =>
        await AnswerAsync(await sessions.EndAsync(http.Actor(), id, session, ct), id, http, desk, ct);

    private static async Task<IResult> EndAllAsync(Guid id, HttpContext http, DeskSessions sessions, PersonDesk desk, CancellationToken ct) =>
        await AnswerAsync(await sessions.EndAllAsync(http.Actor(), id, ct), id, http, desk, ct);

    private static async Task<IResult> FreezeAsync(Guid id, Deed body, HttpContext http, PersonFreeze freeze, PersonDesk desk, CancellationToken ct) =>
        await AnswerAsync(await freeze.FreezeAsync(http.Actor(), id, body.Wish(), ct), id, http, desk, ct);

    private static async Task<IResult> UnfreezeAsync(Guid id, Deed body, HttpContext http, PersonFreeze freeze, PersonDesk desk, CancellationToken ct) =>
        await AnswerAsync(await freeze.UnfreezeAsync(http.Actor(), id, body.Wish(), ct), id, http, desk, ct);

    private static async Task<IResult> AnswerAsync(DeskRefusal? refusal, Guid id, HttpContext http, PersonDesk desk, CancellationToken ct) =>
        refusal is { } why ? ProblemOf(why).ToResult() : await LookUpEndpoints.ShowAsync(id, http, desk, ct);

    public static ApiProblem ProblemOf(DeskRefusal why) => why switch
    {
        DeskRefusal.NotThere => ApiProblem.NotFound,
        DeskRefusal.IsSoAlready or DeskRefusal.HeldByAnother or DeskRefusal.NothingSaid or DeskRefusal.TooLate or DeskRefusal.ChangedSince or DeskRefusal.OpenAgain => ApiProblem.Clashes(why),
        DeskRefusal.ChangedMeanwhile => ApiProblem.Overtaken,
        DeskRefusal.ReasonIsMissing or DeskRefusal.CaseIsMissing or DeskRefusal.CaseIsWrong or DeskRefusal.NotAParty => ApiProblem.BreaksRule(why),
        _ => ApiProblem.NotTheirs(why),
    };
}
