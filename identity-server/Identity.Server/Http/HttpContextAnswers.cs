namespace Identity.Server.Http;

internal static class HttpContextAnswers
{
    /// <summary>303 after every POST and towards every application: 307 would send a password on (RFC 9700 §4.12).</summary>
    public static void SeeOther(this HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
        http.Response.Headers.CacheControl = "no-store";
    }
}
