using System.ComponentModel.DataAnnotations;

namespace Identity.Server.Oidc;

public sealed class OidcOptions
{
    public const string Section = "Oidc";

    /// <summary>
    /// The issuer, letter for letter what clients configure: https, no trailing slash. Never taken from a request, so no forged
    /// host header can change it. Plain http is accepted for loopback in development only.
    /// </summary>
    [Required(ErrorMessage = "write the address of this sign-in, for example https://dangnhap.anbinh.example")]
    public string Issuer { get; set; } = "";

    /// <summary>OpenID Connect Core leaves the ID token's life open; it is read once, at sign-in.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan IdTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long relying parties may keep discovery and keys. Shorter than a key's announcement by far.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan MetadataMaxAge { get; set; } = TimeSpan.FromMinutes(15);
}
