using Identity.Domain.Administration;
using Identity.Domain.Configuration;

namespace Identity.Admin.Api;

/// <summary>Changes that need a second person: propose, look, decide.</summary>
internal static class ProposalEndpoints
{
    private const string One = "/configuration/proposals/{id:guid}";

    public static void MapProposals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/configuration/proposals", ListAsync).Produces<ProposalListing>()
            .Operation("listProposals", "What waits for a second person, or was decided", new(Permission.ReadConfiguration, "state", "after"));
        api.MapGet(One, GetAsync).Produces<ShownProposal>()
            .Operation("getProposal", "One proposal with what it changes", new(Permission.ReadConfiguration), 404);
        api.MapPost("/configuration/proposals", ProposeAsync).Produces<ShownProposal>(201)
            .Operation("proposeChange", "Propose a change, or a removal", new(Permission.ChangeConfiguration), 404, 409, 412, 413, 415, 422);
        api.MapPost($"{One}/approval", ApproveAsync).Produces<ShownProposal>()
            .Operation("approveProposal", "Make the change of somebody else", new(Permission.ApproveConfiguration), 404, 409, 412, 413, 415, 422);
        api.MapPost($"{One}/refusal", RefuseAsync).Produces<ShownProposal>()
            .Operation("refuseProposal", "Refuse the change of somebody else", new(Permission.ApproveConfiguration), 404, 409, 413, 415, 422);
        api.MapPost($"{One}/withdrawal", WithdrawAsync).Produces<ShownProposal>()
            .Operation("withdrawProposal", "Take back one's own", new(Permission.ChangeConfiguration), 404, 409);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ProposalList proposals, CancellationToken ct, string? state = null, Guid? after = null)
    {
        if (!Enum.TryParse<ProposalState>(state ?? "open", ignoreCase: true, out var asked) || !Enum.IsDefined(asked) || int.TryParse(state, out _)) return ApiProblem.BadParameter("state").ToResult();
        if (await proposals.PageAsync(http.Actor(), asked, after, ct) is not { } page) return ApiProblem.NotAllowed.ToResult();
        http.WriteNext("after", page.Next?.ToString());
        return Results.Ok(new ProposalListing([.. page.Proposals.Select(ShownProposal.Of)]));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, ProposalList proposals, CancellationToken ct) => await ShowAsync(id, http, proposals, ct);

    private static async Task<IResult> ProposeAsync(ProposalToMake body, HttpContext http, ConfigurationProposals proposals, ProposalList list, CancellationToken ct)
    {
        if (body.Remove == body.Document is not null) return ApiProblem.Malformed("document, or remove").ToResult();
        var outcome = await proposals.ProposeAsync(http.Actor(), new ItemEdit(new ItemKey(body.Kind, body.Name), body.BaseVersion, body.Document?.GetRawText(), body.Reason), ct);
        if (outcome is not ItemOutcome.Proposed proposed) return (ItemEndpoints.ProblemOf(outcome) ?? ApiProblem.NothingToChange).ToResult();
        http.Response.Headers.Location = $"{ApiSetup.Root}/configuration/proposals/{proposed.Id}";
        return await ShowAsync(proposed.Id, http, list, ct, 201);
    }

    private static async Task<IResult> ApproveAsync(Guid id, Decision body, HttpContext http, ConfigurationProposals proposals, ProposalList list, CancellationToken ct) =>
        ItemEndpoints.ProblemOf(await proposals.ApproveAsync(http.Actor(), id, body.Reason, ct)) is { } problem ? problem.ToResult() : await ShowAsync(id, http, list, ct);

    private static async Task<IResult> RefuseAsync(Guid id, Decision body, HttpContext http, ConfigurationProposals proposals, ProposalList list, CancellationToken ct) =>
        ItemEndpoints.ProblemOf(await proposals.RefuseAsync(http.Actor(), id, body.Reason, ct)) is { } problem ? problem.ToResult() : await ShowAsync(id, http, list, ct);

    private static async Task<IResult> WithdrawAsync(Guid id, HttpContext http, ConfigurationProposals proposals, ProposalList list, CancellationToken ct) =>
        ItemEndpoints.ProblemOf(await proposals.WithdrawAsync(http.Actor(), id, ct)) is { } problem ? problem.ToResult() : await ShowAsync(id, http, list, ct);

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, ProposalList proposals, CancellationToken ct, int status = 200) =>
        await proposals.FindAsync(http.Actor(), id, ct) is { } view ? Results.Json(ShownProposal.Of(view), statusCode: status) : ApiProblem.NotFound.ToResult();
}
