using Identity.Domain.Administration;
using Identity.Domain.Desk;

namespace Identity.Admin.Api;

/// <summary>
/// What waits for people at a desk. To ask for a recovery, to approve one and to decide a conflict takes two human beings, and a service
/// account is none: it reads, and it can stop what was asked for.
/// </summary>
internal static class DeskQueueEndpoints
{
    public static void MapDeskQueues(this IEndpointRouteBuilder api)
    {
        api.MapGet("/recoveries", RecoveriesAsync).Produces<RecoveryListing>()
            .Operation("listRecoveries", "Recoveries that wait for their second administrator, oldest first", new(Permission.ApproveRecovery, "after"));
        api.MapPost("/recoveries/{id:guid}/refusal", DeclineAsync).Produces(204)
            .Operation("declineRecovery", "Decline a recovery", new(Permission.ApproveRecovery), 404, 409);
        api.MapGet("/conflicts", ConflictsAsync).Produces<ConflictListing>()
            .Operation("listConflicts", "Conflicts that wait for a desk, oldest first", new(Permission.DecideConflicts, "after"));
        api.MapGet("/conflicts/{id:guid}", ConflictAsync).Produces<ShownConflict>()
            .Operation("getConflict", "Both sides of a conflict, masked; both people read that they were shown", new(Permission.DecideConflicts), 404);
        api.MapPost("/conflicts/{id:guid}/sending-back", SendBackAsync).Produces(204)
            .Operation("sendConflictBack", "Send the proposed decision back", new(Permission.DecideConflicts) { NeedsIfMatch = true }, 404, 409, 412, 428);
    }

    private static async Task<IResult> RecoveriesAsync(Guid? after, HttpContext http, RecoveryList list, CancellationToken ct)
    {
        var (waiting, next) = await list.ReadAsync(http.Actor(), after, ct);
        http.WriteNext("after", next?.ToString());
        return Results.Ok(new RecoveryListing([.. waiting.Select(ShownRecovery.Of)]));
    }

    private static async Task<IResult> DeclineAsync(Guid id, HttpContext http, RecoveryAids aids, CancellationToken ct) => Answer(await aids.DecideAsync(http.Actor(), id, approve: false, ct));

    private static async Task<IResult> ConflictsAsync(Guid? after, HttpContext http, ConflictCases cases, CancellationToken ct)
    {
        var (found, next) = await cases.ListAsync(http.Actor(), after, ct);
        http.WriteNext("after", next?.ToString());
        return Results.Ok(new ConflictListing(found));
    }

    private static async Task<IResult> ConflictAsync(Guid id, HttpContext http, ConflictCases cases, CancellationToken ct)
    {
        if (await cases.OpenAsync(http.Actor(), id, ct) is not { } found) return ApiProblem.NotFound.ToResult();
        if (found.Proposal is { } proposal) http.Response.Headers.ETag = EntityVersion.TagOf(proposal.Mark);
        return Results.Ok(ShownConflict.Of(found));
    }

    private static async Task<IResult> SendBackAsync(Guid id, HttpContext http, ConflictDecisions decisions, CancellationToken ct) => Answer(await decisions.SendBackAsync(http.Actor(), id, EntityVersion.MarkOf(http.Request), ct));

    private static IResult Answer(DeskRefusal? refusal) => refusal is { } why ? PersonDeedEndpoints.ProblemOf(why).ToResult() : Results.NoContent();
}
