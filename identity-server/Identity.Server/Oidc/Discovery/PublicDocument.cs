using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Identity.Server.Oidc.Discovery;

/// <summary>Sends what everybody may read and keep for a while (RFC 9110 §13.1.2, RFC 9111 §5.2).</summary>
internal static class PublicDocument
{
    public static Task SendAsync(HttpContext http, byte[] content, string etag, TimeSpan maxAge)
    {
        var response = http.Response;
        response.Headers.ETag = etag;
        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)maxAge.TotalSeconds}");
        // Applications that run in a browser read these two documents; no other endpoint is opened to them.
        response.Headers.AccessControlAllowOrigin = "*";
        if (IsKnown(http.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json";
        response.ContentLength = content.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(content, http.RequestAborted).AsTask();
    }

    // Weak comparison: a proxy that compresses on the way marks our tag as weak, and it is the same document still.
    private static bool IsKnown(HttpRequest request, string etag)
    {
        if (request.Headers.IfNoneMatch.Count == 0) return false;
        var ours = EntityTagHeaderValue.Parse(etag);
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(ours, useStrongComparison: false));
    }
}
