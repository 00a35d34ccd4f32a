using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages;

/// <summary>Pictures of applications, out of memory. Named by their content, so that a browser asks once.</summary>
public static class LogoFile
{
    public static IResult Answer(string name, [FromServices] ClientRegistry registry, HttpResponse response)
    {
        if (registry.FindLogo(name) is { } logo) return ShownLogo.Answer(logo, response, "public, max-age=31536000, immutable");
        // Another node may know it already.
        response.Headers.CacheControl = "no-store";
        return Results.NotFound();
    }
}
