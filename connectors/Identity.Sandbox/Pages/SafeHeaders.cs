namespace Identity.Sandbox.Pages;

internal static class SafeHeaders
{
    // No form-action: a browser applies it to the redirect after the post as well, and those lead to other sites by design.
    const string Policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSafeHeaders(this WebApplication sandbox) => sandbox.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return next(http);
    });
}
