namespace Identity.Hosting.Startup;

/// <summary>
/// With an https address nothing is answered over plain http. No redirect either: it would train clients to send their secrets in
/// clear first.
/// </summary>
public sealed class HttpsOnly(RequestDelegate next, Uri address)
{
    private readonly bool _isRequired = address.Scheme == Uri.UriSchemeHttps;

    public Task InvokeAsync(HttpContext http)
    {
        if (!_isRequired) return next(http);
        if (!http.Request.IsHttps)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return http.Response.WriteAsync("https only. If a proxy of yours ends TLS, name it in Listener:TrustedProxies and let it send X-Forwarded-Proto.\n");
        }
        http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }
}
