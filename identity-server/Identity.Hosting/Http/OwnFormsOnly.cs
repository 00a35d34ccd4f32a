namespace Identity.Hosting.Http;

/// <summary>
/// A form of ours is sent from a page of ours. Browsers say where a request comes from (Fetch Metadata); what they say comes from
/// elsewhere, a neighbour under the same domain included, is refused before anything looks at it (L11). A browser that says nothing
/// is still held by the form token.
/// </summary>
public sealed class OwnFormsOnly(RequestDelegate next, OpenPaths open)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!ChangesState(http.Request) || !ComesFromElsewhere(http.Request)) return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool ChangesState(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && !Array.Exists(open.Paths, path => request.Path.StartsWithSegments(path));

    private static bool ComesFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none");
}

/// <summary>Where requests of other sites are at home, with protections of their own.</summary>
public sealed record OpenPaths(params PathString[] Paths);
