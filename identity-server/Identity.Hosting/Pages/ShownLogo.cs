using Identity.Domain.Clients;

namespace Identity.Hosting.Pages;

/// <summary>A logo as a page shows it: small, beside a name that says the same in words.</summary>
public sealed record ShownLogo(string Address, int Width, int Height)
{
    private const int Side = 48;

    /// <summary>Where the public host keeps them.</summary>
    public const string Pattern = "/logo/{name}.png";

    /// <param name="address">Where this host has it; without one, where the public host has it.</param>
    public static ShownLogo? Of(ClientLogo? logo, string? address = null)
    {
        if (logo is null) return null;
        var longer = Math.Max(logo.Width, logo.Height);
        return new ShownLogo(address ?? $"/logo/{logo.Name}.png", Fit(logo.Width, longer), Fit(logo.Height, longer));
    }

    /// <summary>The picture and nothing else: it came from outside, and opened by itself it may do nothing.</summary>
    public static IResult Answer(ClientLogo logo, HttpResponse response, string caching)
    {
        response.Headers.CacheControl = caching;
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(logo.AsPng(), "image/png");
    }

    private static int Fit(int side, int longer) => longer <= Side ? side : Math.Max(1, side * Side / longer);
}
