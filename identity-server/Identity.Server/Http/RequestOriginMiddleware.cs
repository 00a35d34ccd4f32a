using Identity.Domain.Audit;

namespace Identity.Server.Http;

/// <summary>Fills in where a request came from, once, before anything can write an audit row.</summary>
internal sealed class RequestOriginMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, RequestOrigin origin)
    {
        origin.Address = http.Connection.RemoteIpAddress?.ToString();
        origin.Port = http.Connection.RemotePort;
        return next(http);
    }
}
