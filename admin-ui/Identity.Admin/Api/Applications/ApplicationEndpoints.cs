using Identity.Domain.Administration;
using Identity.Domain.Applications;

namespace Identity.Admin.Api;

/// <summary>Applications as far as the account may see them, and their teams.</summary>
internal static class ApplicationEndpoints
{
    private const string One = "/applications/{id:guid}";
    private const int QueuePage = 50;

    public static void MapApplications(this IEndpointRouteBuilder api)
    {
        api.MapGet("/applications", ListAsync).Produces<ApplicationListing>()
            .Operation("listApplications", "Applications within reach, the newest first", new(Permission.ReadApplications, "state", "name", "orphaned", "own", "after"));
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
    }

    private static async Task<IResult> ListAsync(HttpContext http, ApplicationList list, CancellationToken ct, string? state = null, string? name = null, bool orphaned = false, bool own = false, Guid? after = null)
    {
        if (!WireWord.TryRead<ApplicationState>(state, out var wanted)) return ApiProblem.BadParameter("state").ToResult();
        var found = await list.PageAsync(http.Actor(), new ApplicationFilter(All: !own, wanted, name?.Trim(), orphaned), after, ct);
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
        ApplicationProblems.AnswerTo(await team.AddAsync(http.Actor(), id, MemberRole.Owner, body.Mail, ct));

    private static async Task<IResult> RemoveAsync(Guid id, Guid member, HttpContext http, ApplicationTeam team, CancellationToken ct) =>
        ApplicationProblems.AnswerTo(await team.RemoveAsync(http.Actor(), id, member, ct));
}
