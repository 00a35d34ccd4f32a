using Microsoft.AspNetCore.Http.Features;
using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;

namespace Identity.Admin.Api;

/// <summary>Items of the configuration: find, read, write, go back.</summary>
internal static class ItemEndpoints
{
    private const string OneItem = "/configuration/items/{kind}/{name}";

    public static void MapItems(this IEndpointRouteBuilder api)
    {
        api.MapGet("/configuration/items/{kind}", ListAsync).Produces<ItemListing>()
            .Operation("listItems", "Items of one kind", new(Permission.ReadConfiguration, "q", "after"), 404);
        api.MapGet(OneItem, GetAsync).Produces<ShownItem>()
            .Operation("getItem", "One item as it stands", new(Permission.ReadConfiguration), 404);
        api.MapPut(OneItem, PutAsync).Produces<ShownItem>().Produces<ShownItem>(201)
            .Operation("putItem", "Write an item whole; what is risky has to be proposed", new(Permission.ChangeConfiguration) { NeedsIfMatch = true, MayCreate = true }, 404, 409, 412, 413, 415, 422, 428);
        api.MapPost($"{OneItem}/preview", PreviewAsync).Produces<ShownPreview>()
            .Operation("previewItem", "What a document would change, and how far that reaches", new(Permission.ChangeConfiguration), 404, 413, 415, 422);
        api.MapPost($"{OneItem}/rollback", RollBackAsync).Produces<ShownItem>()
            .Operation("rollBackItem", "Back to a version that was live before", new(Permission.ChangeConfiguration) { NeedsIfMatch = true }, 404, 412, 413, 415, 422, 428);
    }

    /// <summary>A slash inside a name stays encoded through routing.</summary>
    public static ItemKey KeyOf(string kind, string name) => new(kind, name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));

    private static async Task<IResult> ListAsync(string kind, string? q, string? after, HttpContext http, ItemList items, CancellationToken ct)
    {
        if (!ItemKey.IsKind(kind)) return ApiProblem.NotFound.ToResult();
        if (await items.PageAsync(http.Actor(), kind, q, after, ct) is not { } page) return ApiProblem.NotAllowed.ToResult();
        http.WriteNext("after", page.Next);
        return Results.Ok(new ItemListing([.. page.Items.Select(i => new ListedItem(kind, i.Name, i.Title, i.Enabled, i.Version, i.ChangedAt))]));
    }

    private static async Task<IResult> GetAsync(string kind, string name, HttpContext http, ItemHistory history, CancellationToken ct) =>
        await ShowAsync(KeyOf(kind, name), http, history, ct) ?? ApiProblem.NotFound.ToResult();

    private static async Task<IResult> PutAsync(string kind, string name, ItemToWrite body, HttpContext http, ItemChanges changes, ItemHistory history, CancellationToken ct)
    {
        var (key, version) = (KeyOf(kind, name), EntityVersion.Of(http.Request, mayCreate: true)!.Value);
        // An item that was removed begins again where its history ends.
        var creates = version == 0 && await history.FindAsync(http.Actor(), key, ct) is null or { Document: null };
        if (creates && await history.FindAsync(http.Actor(), key, ct) is { } removed) version = removed.Version;
        var outcome = await changes.ChangeAsync(http.Actor(), new ItemEdit(key, version, body.Document.GetRawText(), body.Reason), ct);
        if (ProblemOf(outcome) is { } problem) return problem.ToResult();
        return (await ShowAsync(key, http, history, ct, creates ? 201 : 200))!;
    }

    private static async Task<IResult> PreviewAsync(string kind, string name, ItemToPreview body, HttpContext http, ItemPreviews previews, ItemHistory history, CancellationToken ct)
    {
        var key = KeyOf(kind, name);
        var version = (await history.FindAsync(http.Actor(), key, ct))?.Version ?? 0;
        return await previews.OfAsync(http.Actor(), new ItemEdit(key, version, body.Document.GetRawText(), ""), ct) switch
        {
            PreviewOutcome.Shown { Preview: var shown } => Results.Ok(new ShownPreview(shown.Changes, shown.Risky, shown.Impacts)),
            PreviewOutcome.Problem { Outcome: var outcome } => ProblemOf(outcome)!.ToResult(),
            _ => throw new InvalidOperationException("A preview is shown or has a problem."),
        };
    }

    private static async Task<IResult> RollBackAsync(string kind, string name, RollbackToMake body, HttpContext http, ItemRollbacks rollbacks, ItemHistory history, CancellationToken ct)
    {
        var (key, version) = (KeyOf(kind, name), EntityVersion.Of(http.Request, mayCreate: false)!.Value);
        var outcome = await rollbacks.RollBackAsync(http.Actor(), key, body.To, version, body.Reason, ct);
        return ProblemOf(outcome) is { } problem ? problem.ToResult() : (await ShowAsync(key, http, history, ct))!;
    }

    private static async Task<IResult?> ShowAsync(ItemKey key, HttpContext http, ItemHistory history, CancellationToken ct, int status = 200)
    {
        if (await history.FindAsync(http.Actor(), key, ct) is not { Document: { } document } state) return null;
        http.WriteVersion(state.Version);
        return Results.Json(new ShownItem(key.Kind, key.Name, state.Version, state.ChangedAt, JsonElement.Parse(document)), statusCode: status);
    }

    /// <summary>The domain's refusals in the words of the API; null for success.</summary>
    public static ApiProblem? ProblemOf(ItemOutcome? outcome) => outcome switch
    {
        ItemOutcome.Refused refused => ApiProblem.Invalid(refused.Errors),
        ItemOutcome.Stale stale => ApiProblem.Stale(stale.Current),
        ItemOutcome.NeedsSecondPerson needs => ApiProblem.NeedsSecondPerson(needs.Risky),
        ItemOutcome.Denied { Why: var why } => why switch
        {
            ChangeRefusal.NotPermitted => ApiProblem.NotAllowed,
            ChangeRefusal.ReasonIsMissing => ApiProblem.ReasonMissing,
            ChangeRefusal.OwnProposal => ApiProblem.OwnProposal,
            ChangeRefusal.AlreadyDecided => ApiProblem.AlreadyDecided,
            _ => ApiProblem.NotFound,
        },
        _ => null,
    };
}

internal static class ApiCallers
{
    /// <summary>Set by the door; an operation that runs has one.</summary>
    public static AdminActor Actor(this HttpContext http) => http.Features.GetRequiredFeature<AdminActor>();
}
