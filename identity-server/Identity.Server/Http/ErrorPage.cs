using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Server.Oidc;
using Identity.Server.Pages;
using Identity.Server.Pages.Error;
using Microsoft.Extensions.Options;

namespace Identity.Server.Http;

/// <summary>An error that only the person sees: own page, status 4xx, no redirect, with a code that is in the log and the audit row as well.</summary>
public sealed class ErrorPage(AuditWriter writer, RequestOrigin origin, IOptions<ProvinceOptions> province, TimeProvider clock, ILogger<ErrorPage> log)
{
    public async Task ShowAsync(HttpContext http, string auditName, OidcError error, Client? client)
    {
        var reference = Reference.New(province.Value.ReferencePrefix, clock.GetUtcNow());
        await writer.WriteAsync(origin.Describe(auditName, error.Code, clientId: client?.ClientId, reference: reference.Code, detail: error.LogDetail), http.RequestAborted);
        log.ErrorPage(reference.Code, error.Code, error.LogDetail);
        // The status alone; the page itself is rendered by re-execution at /error, which finds this feature.
        http.Features.Set(new ShownError(ErrorKind.AppSetup, reference, new TechnicalDetails(error.Code, error.LogDetail), client));
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    /// <summary>Too many at once. No row and no code: a storm must not be answered with work.</summary>
    public static void ShowBusy(HttpContext http, Client? client, TimeSpan comeBack)
    {
        http.Response.Headers.RetryAfter = ((int)comeBack.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Features.Set(new ShownError(ErrorKind.TooMany, null, null, client));
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }
}

/// <summary>What the error page shows about the request that failed.</summary>
public sealed record ShownError(ErrorKind Kind, Reference? Reference, TechnicalDetails? Technical, Client? Client);
