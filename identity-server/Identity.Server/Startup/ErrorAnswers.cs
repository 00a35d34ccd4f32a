using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Server.Http;
using Identity.Server.Oidc;
using Microsoft.AspNetCore.Diagnostics;

namespace Identity.Server.Startup;

/// <summary>What goes wrong reaches a person as a page and a program as a status or a protocol error, never as a stack trace.</summary>
internal static class ErrorAnswers
{
    /// <summary>Seconds. A database is back from a restart or a failover after a few of them; much less would be a stampede.</summary>
    private const string ComeBackIn = "10";

    public static WebApplication UseErrorAnswers(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(PagesForPeopleOnly);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < StatusCodes.Status500InternalServerError,
            ExceptionHandler = AnswerAsync,
        });
        return app;
    }

    private static async Task PagesForPeopleOnly(HttpContext http, RequestDelegate next)
    {
        await next(http);
        // An endpoint that prepared an error page meant it for a person, whatever the Accept header says.
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages && http.Features.Get<ShownError>() is null && !IsBrowser(http.Request))
            pages.Enabled = false;
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = ComeBackIn;
        // Without a body here, the page is rendered by the re-execution above.
        if (IsBrowser(http.Request) || !http.Request.Path.StartsWithSegments("/connect")) return Task.CompletedTask;
        return OidcJson.SendErrorAsync(http, new OidcError("server_error", "The server could not answer; try again later.", http.Response.StatusCode));
    }

    private static bool IsBrowser(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // A form with too many or too long fields.
        InvalidDataException => StatusCodes.Status400BadRequest,
        // What Kestrel makes of a chunk size that no number holds (M12).
        IOException { InnerException: OverflowException } => StatusCodes.Status400BadRequest,
        AuditUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ when StorageOutage.IsBehind(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
