using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Identity.Hosting.Health;

/// <summary>
/// Two questions of the machinery in front of us. They are answered before anything else: over plain http, from any address, without a
/// row in the trail and without a mark in telemetry.
/// </summary>
public sealed class HealthChecks(RequestDelegate next, Readiness readiness)
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value is not (Live or Ready))
        {
            await next(http);
            return;
        }
        LeaveNoMark(http);
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else if (http.Request.Path.Value == Live) await AnswerAsync(http, StatusCodes.Status200OK, "live");
        else if (await readiness.IsReadyAsync()) await AnswerAsync(http, StatusCodes.Status200OK, "ready");
        else await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "not ready");
    }

    private static Task AnswerAsync(HttpContext http, int status, string word)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        http.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(word, http.RequestAborted);
    }

    private static void LeaveNoMark(HttpContext http)
    {
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true;
        if (Activity.Current is { } span) (span.ActivityTraceFlags, span.IsAllDataRequested) = (span.ActivityTraceFlags & ~ActivityTraceFlags.Recorded, false);
    }
}
