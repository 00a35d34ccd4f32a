using Identity.Domain.Audit;

namespace Identity.Hosting.Http;

/// <summary>Fills in where a request came from, once, before anything can write an audit row.</summary>
public sealed class RequestOriginMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, RequestOrigin origin)
    {
        origin.Address = http.Connection.RemoteIpAddress?.ToString();
        origin.Port = http.Connection.RemotePort;
        return next(http);
    }
}
