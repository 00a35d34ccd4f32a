using System.Globalization;
using Identity.Server.Http;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Error;

// A failed POST is re-executed here with its method; the page changes nothing, so it must not fail on a missing form token as well.
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PublicPage
{
    public ErrorKind Kind { get; set; }

    /// <summary>Named in the text when known. <see cref="PublicPage.AppName"/> stays empty: nobody is on the way there any more.</summary>
    public string? FailedApp { get; set; }

    /// <summary>When the page will be ready again, for <see cref="ErrorKind.TooMany"/>.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    public Reference? Reference { get; set; }
    public TechnicalDetails? Technical { get; set; }

    public Task OnGetAsync([FromServices] FailureRecorder failures, [FromServices] PageLanguage language, [FromServices] TimeProvider clock) =>
        DescribeAsync(failures, language, clock);

    public Task OnPostAsync([FromServices] FailureRecorder failures, [FromServices] PageLanguage language, [FromServices] TimeProvider clock) =>
        DescribeAsync(failures, language, clock);

    private async Task DescribeAsync(FailureRecorder failures, PageLanguage language, TimeProvider clock)
    {
        if (HttpContext.Features.Get<ShownError>() is { } shown)
        {
            (Kind, Reference, Technical) = (shown.Kind, shown.Reference, shown.Technical);
            FailedApp = shown.Client?.ClientName.In(language.Current);
            ReadyAt = ReadyAgain(clock);
            return;
        }
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && HttpContext.Features.Get<IExceptionHandlerFeature>() is null)
        {
            // Somebody opened the address itself. No link may make this site say that it is broken, or fill the trail.
            (Kind, Response.StatusCode) = (ErrorKind.NotFound, StatusCodes.Status404NotFound);
            return;
        }
        Kind = ErrorKinds.FromStatus(Response.StatusCode);
        Reference = await failures.RecordAsync(HttpContext);
        ReadyAt = ReadyAgain(clock);
    }

    /// <summary>A clock time is understood; a number of seconds is not.</summary>
    private DateTimeOffset? ReadyAgain(TimeProvider clock) =>
        int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? clock.GetUtcNow().AddSeconds(seconds) : null;
}

public enum ErrorKind
{
    Unknown,
    AppSetup,
    BadRequest,
    TooMany,
    NotFound,
    Forbidden,
    Unavailable,
}

public static class ErrorKinds
{
    public static ErrorKind FromStatus(int status) => status switch
    {
        400 => ErrorKind.BadRequest,
        401 or 403 => ErrorKind.Forbidden,
        404 or 405 => ErrorKind.NotFound,
        429 => ErrorKind.TooMany,
        502 or 503 or 504 => ErrorKind.Unavailable,
        _ => ErrorKind.Unknown,
    };

    /// <summary>Stem of the text keys.</summary>
    public static string Text(ErrorKind kind) => kind switch
    {
        ErrorKind.AppSetup => "app_setup",
        ErrorKind.BadRequest => "bad_request",
        ErrorKind.TooMany => "too_many",
        ErrorKind.NotFound => "not_found",
        ErrorKind.Forbidden => "forbidden",
        ErrorKind.Unavailable => "unavailable",
        _ => "unknown",
    };
}
