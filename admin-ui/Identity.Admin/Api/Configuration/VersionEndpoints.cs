using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;

namespace Identity.Admin.Api;

/// <summary>What an item was before.</summary>
internal static class VersionEndpoints
{
    public static void MapItemVersions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/configuration/items/{kind}/{name}/versions", ListAsync).Produces<VersionListing>()
            .Operation("listVersions", "Every version with who, when, why and what", new(Permission.ReadConfiguration, "before"), 404);
        api.MapGet("/configuration/items/{kind}/{name}/versions/{version:int}", GetAsync).Produces<ShownItem>()
            .Operation("getVersion", "An item as it was", new(Permission.ReadConfiguration), 404);
    }

    private static async Task<IResult> ListAsync(string kind, string name, int? before, HttpContext http, ItemHistory history, CancellationToken ct)
    {
        var key = ItemEndpoints.KeyOf(kind, name);
        if (await history.FindAsync(http.Actor(), key, ct) is null || await history.PageAsync(http.Actor(), key, before, ct) is not { } page) return ApiProblem.NotFound.ToResult();
        http.WriteNext("before", page.Next is { } next ? $"{next}" : null);
        return Results.Ok(new VersionListing([.. page.Entries.Select(ShownVersion.Of)]));
    }

    private static async Task<IResult> GetAsync(string kind, string name, int version, HttpContext http, ItemHistory history, CancellationToken ct)
    {
        var key = ItemEndpoints.KeyOf(kind, name);
        if (await history.VersionAsync(http.Actor(), key, version, ct) is not { Document: { } document } found) return ApiProblem.NotFound.ToResult();
        http.WriteVersion(version);
        return Results.Ok(new ShownItem(key.Kind, key.Name, version, found.ChangedAt, JsonElement.Parse(document)));
    }
}
