using Identity.Domain.Administration;
using Identity.Domain.Applications;

namespace Identity.Admin.Api;

/// <summary>Applications as the province sees them. Their owners work on the screens; to judge a request for production takes a human being.</summary>
internal static class ApplicationEndpoints
{
    private const string One = "/applications/{id:guid}";
    private const int QueuePage = 50;

    public static void MapApplications(this IEndpointRouteBuilder api)
    {
        api.MapGet("/applications", ListAsync).Produces<ApplicationListing>()
            .Operation("listApplications", "Applications within reach, the newest first", new(Permission.ReadApplications, "state", "name", "orphaned", "after"));
        api.MapGet("/applications/reviews", QueueAsync).Produces<WaitingListing>()
            .Operation("listReviews", "Requests for production that wait for a reviewer, the most urgent first", new(Permission.ReviewApplications, "after"));
        api.MapGet(One, GetAsync).Produces<ShownApplication>()
            .Operation("getApplication", "One application", new(Permission.ReadApplications), 404);
        api.MapGet($"{One}/team", TeamAsync).Produces<TeamListing>()
            .Operation("getTeam", "Who works on it", new(Permission.ReadApplications), 404);
        api.MapPost($"{One}/team/owners", NameOwnerAsync).Produces(204)
            .Operation("nameOwner", "Hand the application over: name an owner", new(Permission.GiveRoles), 404, 409, 413, 415, 422);
        api.MapPost($"{One}/team/{{member:guid}}/removal", RemoveAsync).Produces(204)
            .Operation("removeMember", "Take out somebody who has left", new(Permission.GiveRoles), 404, 409);
        api.MapGet($"{One}/production", ProductionAsync).Produces<ShownRequest>()
            .Operation("getProductionRequest", "The latest request for production, with what was said of it", new(Permission.ReadApplications), 404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ApplicationList list, CancellationToken ct, string? state = null, string? name = null, bool orphaned = false, Guid? after = null)
    {
        if (!WireWord.TryRead<ApplicationState>(state, out var wanted)) return ApiProblem.BadParameter("state").ToResult();
        var found = await list.PageAsync(http.Actor(), new ApplicationFilter(All: true, wanted, name?.Trim(), orphaned), after, ct);
        var page = found.Take(ApplicationList.PageSize).ToList();
        http.WriteNext("after", found.Count > page.Count ? $"{page[^1].Id}" : null);
        return Results.Ok(new ApplicationListing(page));
    }

    private static async Task<IResult> QueueAsync(Guid? after, HttpContext http, ReviewDesk reviews, CancellationToken ct)
    {
        var found = await reviews.QueueAsync(http.Actor(), after, QueuePage + 1, ct);
        var page = found.Take(QueuePage).ToList();
        http.WriteNext("after", found.Count > page.Count ? $"{page[^1].Id}" : null);
        return Results.Ok(new WaitingListing([.. page.Select(ShownWaiting.Of)]));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, ApplicationAccess access, CancellationToken ct) =>
        await access.FindAsync(http.Actor(), id, ct) is { } reached ? Results.Ok(ShownApplication.Of(reached.Application)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> TeamAsync(Guid id, HttpContext http, ApplicationAccess access, ApplicationTeam team, CancellationToken ct) =>
        await access.FindAsync(http.Actor(), id, ct) is { } reached ? Results.Ok(new TeamListing([.. (await team.ListAsync(reached, ct)).Select(ShownMember.Of)])) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> NameOwnerAsync(Guid id, OwnerToName body, HttpContext http, ApplicationTeam team, CancellationToken ct) =>
        ProblemOf(await team.AddAsync(http.Actor(), id, MemberRole.Owner, body.Mail, ct)) is { } problem ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> RemoveAsync(Guid id, Guid member, HttpContext http, ApplicationTeam team, CancellationToken ct) =>
        ProblemOf(await team.RemoveAsync(http.Actor(), id, member, ct)) is { } problem ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> ProductionAsync(Guid id, HttpContext http, ApplicationAccess access, ReviewDesk reviews, CancellationToken ct) =>
        await access.FindAsync(http.Actor(), id, ct) is { } reached && await reviews.LatestAsync(reached, ct) is { } request
            ? Results.Ok(ShownRequest.Of(request, await reviews.CommentsAsync(request.Id, ct)))
            : ApiProblem.NotFound.ToResult();

    private static ApiProblem? ProblemOf(ApplicationOutcome outcome) => outcome switch
    {
        ApplicationOutcome.Refused { Why: ApplicationRefusal.NotThere or ApplicationRefusal.NoSuchMember } => ApiProblem.NotFound,
        ApplicationOutcome.Refused { Why: ApplicationRefusal.NotAllowed } => ApiProblem.NotTheirs(ApplicationRefusal.NotAllowed),
        ApplicationOutcome.Refused { Why: ApplicationRefusal.IsMemberAlready or ApplicationRefusal.OwnersWouldBeFew } refused => ApiProblem.Clashes(refused.Why),
        ApplicationOutcome.Refused refused => ApiProblem.BreaksRule(refused.Why),
        ApplicationOutcome.Unsound unsound => ApiProblem.Invalid(unsound.Errors),
        _ => null,
    };
}
