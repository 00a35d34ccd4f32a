using System.Text;
using Identity.Domain.Administration;

namespace Identity.Admin.Api;

/// <summary><c>Idempotency-Key</c> on POST: a machine that got no answer asks again and gets the first one's, and nothing happens twice.</summary>
internal sealed class ApiRepeats(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext http, RepeatedRequests repeats)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Headers[Header] is not { Count: > 0 } keys || http.Features.Get<AdminActor>() is not { } actor)
        {
            await next(http);
            return;
        }
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>()?.IsForgotten == true || keys is not [{ Length: > 0 and <= LongestKey } key])
        {
            await ApiProblem.BadParameter(Header).WriteAsync(http);
            return;
        }
        var digest = RepeatedRequests.DigestOf(actor.Name, key);
        var request = RepeatedRequests.DigestOf(http.Request.Path, http.Request.QueryString.Value ?? "", http.Request.Headers.IfMatch.ToString(), await BodyAsync(http));
        if (await repeats.BeginAsync(digest, request, http.RequestAborted) is { } first) await AnswerAsync(http, first, request);
        else await FirstAsync(http, repeats, digest);
    }

    private static async Task AnswerAsync(HttpContext http, RepeatedRequest first, string request)
    {
        if (first.RequestDigest != request) await ApiProblem.KeyReused.WriteAsync(http);
        else if (first.Status is not { } status) await ApiProblem.StillRunning.WriteAsync(http);
        else
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = first.ContentType;
            if (first.ETag is { } tag) http.Response.Headers.ETag = tag;
            if (first.Location is { } location) http.Response.Headers.Location = location;
            if (first.Answer is { Length: > 0 } answer) await http.Response.WriteAsync(answer, http.RequestAborted);
        }
    }

    private async Task FirstAsync(HttpContext http, RepeatedRequests repeats, string digest)
    {
        var (body, kept) = (http.Response.Body, new MemoryStream());
        http.Response.Body = kept;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
            // Whoever asked may be gone; the answer stays for when they come back.
            await repeats.CompleteAsync(digest, new GivenAnswer(http.Response.StatusCode, Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length), http.Response.ContentType,
                http.Response.Headers.ETag, http.Response.Headers.Location), CancellationToken.None);
        }
        catch (BadHttpRequestException)
        {
            // Unreadable, so nothing was done.
            await repeats.ForgetAsync(digest, CancellationToken.None);
            throw;
        }
        finally
        {
            http.Response.Body = body;
        }
        kept.Position = 0;
        await kept.CopyToAsync(body, http.RequestAborted);
    }

    private static async Task<string> BodyAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        http.Request.Body.Position = 0;
        return body;
    }
}
