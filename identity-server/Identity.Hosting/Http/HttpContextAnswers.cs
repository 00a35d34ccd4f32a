namespace Identity.Hosting.Http;

public static class HttpContextAnswers
{
    /// <summary>303 after every POST and towards every application: 307 would send a password on (RFC 9700 §4.12).</summary>
    public static void SeeOther(this HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
        http.Response.Headers.CacheControl = "no-store";
    }
}

public static class SeeOtherResults
{
    public static IResult SeeOther(this IResultExtensions _, string address) => new SeeOtherResult(address);

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.SeeOther(address);
            return Task.CompletedTask;
        }
    }
}
