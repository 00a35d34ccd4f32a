namespace Identity.Sandbox;

/// <summary>303: after a post as after a get, the browser goes on with a get and sends the form to nobody else.</summary>
internal sealed class RedirectTo(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
