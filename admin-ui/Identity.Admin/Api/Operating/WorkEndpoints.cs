using System.Text.Json;
using Identity.Admin.Work;

namespace Identity.Admin.Api;

/// <summary>The list that the screens begin with: what somebody has to do now, as far as the account's scopes and roles reach.</summary>
internal static class WorkEndpoints
{
    public static void MapWork(this IEndpointRouteBuilder api) =>
        api.MapGet("/work", ListAsync).Produces<WorkListing>()
            .Operation("listWork", "What waits, the most urgent first, of everything that the account's scopes and roles reach", new(Permission: null));

    private static async Task<IResult> ListAsync(HttpContext http, WorkList work, CancellationToken ct) => Results.Ok(new WorkListing([.. (await work.ReadAsync(http.Actor(), ct)).Select(ShownWork.Of)]));
}

public sealed record WorkListing(IReadOnlyList<ShownWork> Items);

/// <param name="Kind">One word for what is the matter, like <c>connector_trouble</c> or <c>secret</c>.</param>
/// <param name="Subject">Name of the connector, of the client, of the reason or the algorithm; identifier of the role, the application or the request. Missing for a queue of many.</param>
/// <param name="Page">On the administration host, where a human being does it.</param>
public sealed record ShownWork(WorkUrgency Urgency, string Kind, string? Subject, string Page)
{
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it breaks something.</summary>
    public DateTimeOffset? Until { get; init; }

    public static ShownWork Of(WorkItem item) => new(item.Urgency, KindOf(item.Text), item.Subject, item.Link) { Since = item.Since, Until = item.Until };

    /// <summary>The key of the sentence, as a word.</summary>
    private static string KindOf(string key) => string.Join('_', key.Split('.').Skip(1).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
}
