using Microsoft.AspNetCore.Diagnostics;
using System.Text.Json;

namespace Identity.Admin.Api;

/// <summary>The outermost layer of the API: whatever happens behind it leaves as RFC 9457 says, never as a page, never without a word.</summary>
internal sealed class ApiEdge(RequestDelegate next, ILogger<ApiEdge> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await ProblemOf(bad).WriteAsync(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted && failure is not OperationCanceledException)
        {
            log.ApiFailed(http.Request.Method, http.GetEndpoint()?.DisplayName ?? "", failure);
            await ApiProblem.Ours.WriteAsync(http);
        }
        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && ApiProblem.Of(http.Response.StatusCode) is { } problem) await problem.WriteAsync(http);
    }

    private static ApiProblem ProblemOf(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiProblem.TooLarge,
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => ApiProblem.NotJson,
        { InnerException: JsonException json } => UnknownMember(json) is { } member ? ApiProblem.UnknownMember(member) : ApiProblem.Malformed(MissingMember(json) ?? json.Path),
        _ => ApiProblem.BadParameter(null),
    };

    /// <summary>The serializer names a member that nobody asked for only in its sentence.</summary>
    private static string? UnknownMember(JsonException json) =>
        json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) && json.Message.Split('\'') is [_, var member, ..] ? member : null;

    private static string? MissingMember(JsonException json) =>
        json.Message.Split("missing required properties including: ") is [_, var members] ? members.TrimEnd('.') : null;
}
