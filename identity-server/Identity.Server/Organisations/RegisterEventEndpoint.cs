using System.Text;
using Identity.Domain.Audit;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;
using Identity.Server.Oidc;
using Microsoft.Extensions.Options;

namespace Identity.Server.Organisations;

/// <summary>
/// Where registers push their events (RFC 8935). The token proves itself; whoever carries it is nobody. Acknowledged once the event is
/// stored, so that a node that dies afterwards has lost nothing.
/// </summary>
internal static class RegisterEventEndpoint
{
    public const string Path = "/events/register";
    private const string ContentType = "application/secevent+jwt";

    public static async Task HandleAsync(HttpContext http, RegisterDesk desk, AuditWriter audit, RequestOrigin origin, IOptions<OidcOptions> options)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.ContentType?.Split(';')[0].Trim() != ContentType)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        if (await ReadAsync(http) is not { } token)
        {
            await RefuseAsync(http, "invalid_request", "not a signed token");
            return;
        }
        switch (await desk.TakeEventAsync(token, options.Value.Issuer, http.RequestAborted))
        {
            case RegisterEvent.Genuine:
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case RegisterEvent.Undecided:
                http.Response.Headers.RetryAfter = "60";
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case RegisterEvent.Refused { Error: var error, Why: var why }:
                await audit.WriteAsync(origin.Describe("register.event.refused", error, detail: why), http.RequestAborted);
                await RefuseAsync(http, error, why);
                break;
            default:
                await RefuseAsync(http, "invalid_issuer", "no register of this server has that issuer");
                break;
        }
    }

    private static async Task<string?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > JsonWebSignature.MaximumLength) return null;
        using var reader = new StreamReader(http.Request.Body, Encoding.Latin1);
        var text = new char[JsonWebSignature.MaximumLength + 1];
        var length = await reader.ReadBlockAsync(text, http.RequestAborted);
        return length <= JsonWebSignature.MaximumLength ? new string(text, 0, length) : null;
    }

    /// <summary>RFC 8935 §2.3.</summary>
    private static Task RefuseAsync(HttpContext http, string error, string why)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(new { err = error, description = why }, http.RequestAborted);
    }
}
