using Identity.Domain.Administration;
using Identity.Domain.Organisations;

namespace Identity.Admin.Api;

/// <summary>Posts that nobody has used or looked at for long: each gets a yes or an end.</summary>
internal static class StandingEndpoints
{
    public static void MapStandings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/organisations/standings/reviews", ListAsync).Produces<ReviewListing>()
            .Operation("listStandingReviews", "Posts to look at: idle for 45 days, or with list=review not looked at for six months", new(Permission.ReadOrganisations, "list", "after"));
        api.MapPost("/organisations/standings/{id:guid}/confirmation", ConfirmAsync).Produces(204)
            .Operation("confirmStanding", "Looked at, and still right", new(Permission.ChangeOrganisations), 404, 409);
        api.MapPost("/organisations/standings/{id:guid}/ending", EndAsync).Produces(204)
            .Operation("endStanding", "End a post with its sessions, grants and mandates", new(Permission.ChangeOrganisations), 404, 409);
    }

    private static async Task<IResult> ListAsync(HttpContext http, StandingReviews reviews, CancellationToken ct, string? list = null, Guid? after = null)
    {
        if (!WireWord.TryRead<ReviewList>(list, out var wanted)) return ApiProblem.BadParameter("list").ToResult();
        var (lines, next) = await reviews.ReadAsync(http.Actor(), wanted ?? ReviewList.Idle, after, ct);
        http.WriteNext("after", next?.ToString());
        return Results.Ok(new ReviewListing(lines));
    }

    private static async Task<IResult> ConfirmAsync(Guid id, HttpContext http, StandingReviews reviews, CancellationToken ct) =>
        await reviews.ConfirmAsync(http.Actor(), id, ct) is { } why ? PersonDeedEndpoints.ProblemOf(why).ToResult() : Results.NoContent();

    private static async Task<IResult> EndAsync(Guid id, HttpContext http, StandingReviews reviews, CancellationToken ct) =>
        await reviews.EndAsync(http.Actor(), id, ct) is { } why ? PersonDeedEndpoints.ProblemOf(why).ToResult() : Results.NoContent();
}

public sealed record ReviewListing(IReadOnlyList<ReviewLine> Standings);
