namespace Identity.Server.Http;

/// <summary>
/// A form of ours is sent from a page of ours. Browsers say where a request comes from (Fetch Metadata); what they say comes from
/// elsewhere, a neighbour under the same domain included, is refused before anything looks at it (L11). A browser that says nothing
/// is still held by the form token.
/// </summary>
internal sealed class OwnFormsOnly(RequestDelegate next)
{
    // What the protocol lets other sites post to, and the error page, which changes nothing.
    private static readonly PathString[] OpenToOthers = ["/connect", "/error"];

    public Task InvokeAsync(HttpContext http)
    {
        if (!ChangesState(http.Request) || !ComesFromElsewhere(http.Request)) return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool ChangesState(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && !Array.Exists(OpenToOthers, path => request.Path.StartsWithSegments(path));

    private static bool ComesFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none");
}
