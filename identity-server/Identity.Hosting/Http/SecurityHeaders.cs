using Identity.Hosting.Pages;

namespace Identity.Hosting.Http;

/// <summary>Headers of every answer. Written at the last moment, so that a page can still add what its own forms need.</summary>
public sealed class SecurityHeaders(RequestDelegate next, PageStyle style)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.Features.Set(new PolicySlot { Policy = new ContentSecurityPolicy(style.CspHash) });
        http.Response.OnStarting(Write, http);
        return next(http);
    }

    private static Task Write(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) != true) return Task.CompletedTask;

        headers.ContentSecurityPolicy = http.Features.GetRequiredSlot().Policy.ToString();
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        // Every page may show something personal; the back button after a sign-out must not (L14).
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}

/// <summary>The policy that this answer will carry.</summary>
public sealed class PolicySlot
{
    public required ContentSecurityPolicy Policy { get; set; }
}

public static class PolicySlots
{
    internal static PolicySlot GetRequiredSlot(this Microsoft.AspNetCore.Http.Features.IFeatureCollection features) =>
        features.Get<PolicySlot>() ?? throw new InvalidOperationException("The security headers stand in front of every endpoint.");

    public static void UseContentSecurityPolicy(this HttpContext http, Func<ContentSecurityPolicy, ContentSecurityPolicy> change)
    {
        var slot = http.Features.GetRequiredSlot();
        slot.Policy = change(slot.Policy);
    }
}
