using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Admin.Api;

/// <summary>How an operation is written down, so that none can forget its door or its problems.</summary>
internal static class ApiRoutes
{
    /// <param name="problems">Beside those that every operation has.</param>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder route, string id, string summary, ApiOperation operation, params ReadOnlySpan<int> problems)
    {
        route.WithName(id).WithSummary(summary).WithMetadata(operation);
        foreach (var status in (int[])[400, 401, 403, .. problems]) route.Produces<ApiProblem>(status, ApiProblem.MediaType);
        return route;
    }

    /// <summary>RFC 8288: where the list goes on.</summary>
    public static void WriteNext(this HttpContext http, string parameter, string? next)
    {
        if (next is null) return;
        var query = http.Request.Query.Where(q => q.Key != parameter).ToDictionary(q => q.Key, q => (string?)q.Value.ToString());
        http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(http.Request.Path, query), parameter, next)}>; rel=\"next\"";
    }

    public static void WriteVersion(this HttpContext http, int version) => http.Response.Headers.ETag = EntityVersion.TagOf(version);
}
