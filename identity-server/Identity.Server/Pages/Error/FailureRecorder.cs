using Identity.Domain.Audit;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Identity.Server.Pages.Error;

/// <summary>Gives a failure its reference code, in the log always and in the trail when it was our fault. Works while the database is away.</summary>
public sealed class FailureRecorder(AuditWriter writer, IOptions<ProvinceOptions> province, TimeProvider clock, ILogger<FailureRecorder> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<Reference> RecordAsync(HttpContext http)
    {
        var reference = Reference.New(province.Value.ReferencePrefix, clock.GetUtcNow());
        var status = http.Response.StatusCode;
        if (status < StatusCodes.Status500InternalServerError)
        {
            log.RequestRefused(reference.Code, status, http.TraceIdentifier);
            return reference;
        }
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        log.RequestFailed(failure, reference.Code, status, http.TraceIdentifier);
        await AuditAsync(http, reference, status, failure);
        return reference;
    }

    private async Task AuditAsync(HttpContext http, Reference reference, int status, Exception? failure)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            // By the writer: the request's unit of work may hold half of what failed, and must not be committed with this row.
            var origin = new RequestOrigin(clock) { Address = http.Connection.RemoteIpAddress?.ToString(), Port = http.Connection.RemotePort };
            // The kind only: what an exception says may quote what somebody typed.
            await writer.WriteAsync(origin.Describe("error.shown", $"status_{status}", reference: reference.Code, detail: failure?.GetType().Name), patience.Token);
        }
        catch (Exception lost)
        {
            // An error page must not fail; the log has the code.
            log.AuditLost(lost, reference.Code);
        }
    }
}

internal static partial class FailureLog
{
    [LoggerMessage(2101, LogLevel.Information, "Error page {Reference}: status {Status} (request {TraceId})")]
    public static partial void RequestRefused(this ILogger logger, string reference, int status, string traceId);

    [LoggerMessage(2102, LogLevel.Error, "Error page {Reference}: status {Status} (request {TraceId})")]
    public static partial void RequestFailed(this ILogger logger, Exception? failure, string reference, int status, string traceId);

    [LoggerMessage(2103, LogLevel.Warning, "No audit row for error page {Reference}")]
    public static partial void AuditLost(this ILogger logger, Exception failure, string reference);
}
