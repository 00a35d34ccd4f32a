using Identity.Domain.Administration;

namespace Identity.Admin.Api;

/// <summary>Who may do what. More for some hours is asked for and answered by people, on the screens; there too a second person confirms.</summary>
internal static class RoleEndpoints
{
    public static void MapRoles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/roles", ListAsync).Produces<RoleListing>()
            .Operation("listRoles", "Roles that are held, or with ended=true those that were", new(Permission.GiveRoles, "role", "ended", "after"));
        api.MapGet("/roles/{id:guid}", GetAsync).Produces<ShownRole>()
            .Operation("getRole", "One role in somebody's hands", new(Permission.GiveRoles), 404);
        api.MapPost("/roles", GiveAsync).Produces<GivenRole>(201)
            .Operation("giveRole", "Give a role to an official mailbox; an administrator's waits for a second person, who confirms on the screens", new(Permission.GiveRoles), 413, 415, 422);
        api.MapPost("/roles/{id:guid}/ending", EndAsync).Produces(204)
            .Operation("endRole", "End a role", new(Permission.GiveRoles), 404, 409);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RoleList list, CancellationToken ct, string? role = null, bool ended = false, Guid? after = null)
    {
        if (!WireWord.TryRead<AdminRole>(role, out var asked)) return ApiProblem.BadParameter("role").ToResult();
        var found = await list.ReadAsync(http.Actor(), new RoleFilter(asked, ended, after), ct);
        var page = found.Take(RoleList.PageSize).ToList();
        http.WriteNext("after", found.Count > page.Count ? $"{page[^1].Assignment.Id}" : null);
        return Results.Ok(new RoleListing([.. page.Select(ShownRole.Of)]));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, RoleList list, CancellationToken ct) =>
        await list.FindAsync(http.Actor(), id, ct) is { } entry ? Results.Ok(ShownRole.Of(entry)) : ApiProblem.NotFound.ToResult();

    /// <summary>Answers without a name: what is answered to a write may be kept for a day, to be given again.</summary>
    private static async Task<IResult> GiveAsync(RoleToGive body, HttpContext http, RoleOffice office, CancellationToken ct)
    {
        var gift = new RoleGift(body.Role, body.Reason) { Mail = body.Mail.Trim(), UnitId = body.UnitId, ValidUntil = body.ValidUntil };
        if (await office.GiveAsync(http.Actor(), gift, ct) is { } refusal) return ProblemOf(refusal).ToResult();
        http.Response.Headers.Location = $"{ApiSetup.Root}/roles/{gift.Id}";
        return Results.Json(new GivenRole(gift.Id, AdminRoles.NeedsSecondPerson(gift.Role)), statusCode: 201);
    }

    private static async Task<IResult> EndAsync(Guid id, HttpContext http, RoleOffice office, CancellationToken ct) =>
        await office.EndAsync(http.Actor(), id, ct) is { } refusal ? ProblemOf(refusal).ToResult() : Results.NoContent();

    private static ApiProblem ProblemOf(RoleRefusal refusal) => refusal switch
    {
        RoleRefusal.UnknownRole => ApiProblem.NotFound,
        RoleRefusal.NotYours => ApiProblem.NotTheirs(refusal),
        RoleRefusal.ReasonIsMissing => ApiProblem.ReasonMissing,
        RoleRefusal.LastAdministrator => ApiProblem.Clashes(refusal),
        _ => ApiProblem.BreaksRule(refusal),
    };
}
