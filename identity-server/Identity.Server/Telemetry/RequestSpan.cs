using System.Diagnostics;

namespace Identity.Server.Telemetry;

/// <summary>Says of a request what may be said: the template of its path, never the path, for that holds ids of people's sign-ins.</summary>
internal sealed class RequestSpan(RequestDelegate next)
{
    private static readonly HashSet<string> Methods = new(["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"], StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (Activity.Current is not { IsAllDataRequested: true } span) return;
        // A method is free text of the visitor's.
        span.SetTag("http.request.method", Methods.Contains(http.Request.Method) ? http.Request.Method : "_OTHER");
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }) span.SetTag("http.route", route);
    }
}
