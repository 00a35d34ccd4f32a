using Identity.Domain.Administration;
using Identity.Domain.Applications;

namespace Identity.Admin.Api;

/// <summary>The owners' side of the way into production. What a machine asks for a human being judges, on the screen; what was approved goes live, and nothing else.</summary>
internal static class ProductionEndpoints
{
    private const string One = "/applications/{id:guid}/production";

    private static readonly ApiOperation Write = new(Permission.OwnApplications);

    public static void MapProduction(this IEndpointRouteBuilder api)
    {
        api.MapGet(One, GetAsync).Produces<ShownRequest>()
            .Operation("getProductionRequest", "The latest request for production, with what was said of it", new(Permission.ReadApplications), 404);
        api.MapPost($"{One}/preview", PreviewAsync).Produces<ShownProduction>()
            .Operation("previewProduction", "The checklist, and what would differ", new(Permission.ReadApplications), 404, 413, 415);
        api.MapPost($"{One}/requests", AskAsync).Produces(204)
            .Operation("askForProduction", "Ask for the sandbox as it is now to go into production", Write, 404, 409, 413, 415, 422);
        api.MapPost($"{One}/withdrawal", WithdrawAsync).Produces(204)
            .Operation("withdrawRequest", "Take the request back", Write, 404, 409);
        api.MapPost($"{One}/comments", CommentAsync).Produces(204)
            .Operation("commentRequest", "Answer the reviewer at one item of the checklist", Write, 404, 409, 413, 415, 422);
        api.MapPost($"{One}/live", LiveAsync).Produces<LiveApplication>()
            .Operation("goLive", "Write exactly what was approved; the secret of production is given this one time", Write with { IsForgotten = true }, 404, 409, 413, 415);
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, ApplicationAccess access, ProductionViews views, CancellationToken ct) =>
        await access.FindAsync(http.Actor(), id, ct) is { } reached && await views.OpenAsync(reached, new ProductionAddresses([], [], null, null), key: null, ct) is { Latest: { } request } view
            ? Results.Ok(ShownRequest.Of(request, view)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> PreviewAsync(Guid id, ProductionToPreview body, HttpContext http, ApplicationAccess access, ProductionViews views, CancellationToken ct) =>
        await access.FindAsync(http.Actor(), id, ct) is { } reached && await views.OpenAsync(reached, body.Read(), key: null, ct) is { Proposal: not null } view
            ? Results.Ok(ShownProduction.Of(view)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> AskAsync(Guid id, ProductionToAsk body, HttpContext http, ProductionRequests requests, CancellationToken ct) =>
        ApplicationProblems.AnswerTo(await requests.AskAsync(http.Actor(), id, body.Read(), ct));

    private static async Task<IResult> WithdrawAsync(Guid id, HttpContext http, ProductionRequests requests, CancellationToken ct) =>
        ApplicationProblems.AnswerTo(await requests.WithdrawAsync(http.Actor(), id, ct));

    private static async Task<IResult> CommentAsync(Guid id, CommentToMake body, HttpContext http, ReviewDesk reviews, CancellationToken ct) =>
        ApplicationProblems.AnswerTo(await reviews.CommentAsync(http.Actor(), id, body.Item, body.Text, ct));

    private static async Task<IResult> LiveAsync(Guid id, RequestToTakeLive body, HttpContext http, ApplicationAccess access, ProductionRequests requests, CancellationToken ct)
    {
        var outcome = await requests.GoLiveAsync(http.Actor(), id, new ReadRequest(body.Request, body.Digest), ct);
        if (outcome is not ApplicationOutcome.Done { Secret: var secret }) return ApplicationProblems.Of(outcome)!.ToResult();
        return await access.FindAsync(http.Actor(), id, ct) is { Application.ProductionClientId: { } clientId } ? Results.Ok(new LiveApplication(clientId) { Secret = secret }) : ApiProblem.NotFound.ToResult();
    }
}
