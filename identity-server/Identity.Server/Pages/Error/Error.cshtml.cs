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
