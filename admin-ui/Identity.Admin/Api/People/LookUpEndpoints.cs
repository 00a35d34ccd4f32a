using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Failures;

namespace Identity.Admin.Api;

/// <summary>The one way to a person's record: by an exact key, for a reason that the person reads. And what stands behind a failure code, which holds nobody.</summary>
internal static class LookUpEndpoints
{
    public const string One = "/people/look-ups/{id:guid}";

    public static void MapLookUps(this IEndpointRouteBuilder api)
    {
        api.MapPost("/people/look-ups", SearchAsync).Produces<LookUpListing>()
            .Operation("lookUpPerson", "Find one person by a key, for a reason; opens a look-up for half an hour", new(Permission.LookUpPeople) { IsForgotten = true }, 404, 409, 413, 415, 422, 429);
        api.MapGet(One, GetAsync).Produces<ShownPerson>()
            .Operation("getPerson", "The record behind a look-up, masked", new(Permission.LookUpPeople), 404);
        api.MapPost($"{One}/value", RevealAsync).Produces<ShownValue>()
            .Operation("showValue", "One fact in clear", new(Permission.LookUpPeople) { IsForgotten = true }, 404, 413, 415);
        api.MapGet("/failures/{code}", FailureAsync).Produces<ShownFailure>()
            .Operation("getFailure", "Why a sign-in failed, by the code on the page", new(Permission.LookUpPeople), 404);
    }

    private static async Task<IResult> SearchAsync(LookUpToMake body, HttpContext http, PersonLookUps lookUps, CancellationToken ct) => await lookUps.SearchAsync(http.Actor(), body.Read(), ct) switch
    {
        LookUpOutcome.Found found => Results.Ok(new LookUpListing(found.People)),
        LookUpOutcome.Refused { Why: var why } => ProblemOf(why).ToResult(),
        _ => throw new InvalidOperationException("A search finds or is refused."),
    };

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, PersonDesk desk, CancellationToken ct) => await ShowAsync(id, http, desk, ct);

    private static async Task<IResult> RevealAsync(Guid id, ValueToShow body, HttpContext http, PersonLookUps lookUps, CancellationToken ct) =>
        await lookUps.RevealAsync(http.Actor(), id, body.Fact, ct) is { } value ? Results.Ok(new ShownValue(body.Fact, value)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> FailureAsync(string code, FailureTimeline timeline, CancellationToken ct) =>
        await timeline.LookUpAsync(code, ct) is { } report ? Results.Ok(ShownFailure.Of(report)) : ApiProblem.NotFound.ToResult();

    public static async Task<IResult> ShowAsync(Guid id, HttpContext http, PersonDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), id, ct) is { } record ? Results.Ok(ShownPerson.Of(record)) : ApiProblem.NotFound.ToResult();

    private static ApiProblem ProblemOf(LookUpRefusal why) => why switch
    {
        LookUpRefusal.Nobody => ApiProblem.NotFound,
        LookUpRefusal.TooMany => ApiProblem.Clashes(why),
        LookUpRefusal.CapReached => ApiProblem.TooManyLookUps,
        _ => ApiProblem.BreaksRule(why),
    };
}
