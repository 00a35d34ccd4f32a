using System.Security.Cryptography;
using System.Text;

namespace Identity.Hosting.Http;

/// <summary>
/// Nothing from anywhere, except our one style and forms to ourselves. A page whose form leads on to another origin must name it:
/// browsers apply <c>form-action</c> to the redirect that answers a form as well.
/// </summary>
public sealed record ContentSecurityPolicy(string Style)
{
    public string? Script { get; init; }

    /// <summary>Where a script may ask; nowhere without one.</summary>
    public string? Connect { get; init; }

    /// <summary>Absolute addresses; only their origins (or private schemes) get into the policy.</summary>
    public IReadOnlyList<string> FormTargets { get; init; } = [];

    public override string ToString()
    {
        var script = Script is null ? "" : $"script-src {Script}; ";
        var connect = Connect is null ? "" : $"connect-src {Connect}; ";
        return $"default-src 'none'; {script}{connect}style-src {Style}; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            + $"form-action {string.Join(' ', FormTargets.Select(Source).Prepend("'self'").Distinct())}";
    }

    public static string HashOf(string inline) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)))}'";

    private static string Source(string address)
    {
        var uri = new Uri(address);
        return uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : $"{uri.Scheme}:";
    }
}
