using System.Globalization;
using Identity.Server.Oidc;
using Microsoft.Extensions.Options;

namespace Identity.Server.Pages;

/// <summary><c>/.well-known/security.txt</c> (RFC 9116): where to report a weakness. Only while somebody is there to read it.</summary>
public static class SecurityText
{
    public const string Path = "/.well-known/security.txt";
    public const string Message = "Province:SecurityContact takes a mailto:, https: or tel: address and needs Province:SecurityContactExpires.";
    private static readonly string[] Schemes = ["mailto", "https", "tel"];

    public static bool IsSound(ProvinceOptions province) => province.SecurityContact is not { } contact
        || (province.SecurityContactExpires is not null && !contact.Any(char.IsControl)
            && Uri.TryCreate(contact, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme));

    public static IResult Answer(IOptions<ProvinceOptions> province, IOptions<OidcOptions> oidc, TimeProvider clock)
    {
        if (province.Value is not { SecurityContact: { } contact, SecurityContactExpires: { } expires } || expires <= clock.GetUtcNow()) return Results.NotFound();
        return Results.Text(string.Create(CultureInfo.InvariantCulture,
            $"Contact: {contact}\nExpires: {expires.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\nPreferred-Languages: vi, en\nCanonical: {oidc.Value.Issuer}{Path}\n"));
    }
}
