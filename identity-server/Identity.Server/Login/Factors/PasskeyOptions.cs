using System.ComponentModel.DataAnnotations;
using Identity.Server.Oidc;

namespace Identity.Server.Login.Factors;

public sealed class PasskeyOptions
{
    public const string Section = "Passkeys";

    /// <summary>
    /// WebAuthn's RP ID: the host of the issuer, or a domain above it when passkeys must survive a move to another host of that domain.
    /// Null takes the issuer's host. Changing it makes every passkey useless.
    /// </summary>
    [MaxLength(253)]
    public string? RelyingPartyId { get; set; }

    /// <summary>Origins whose pages may use them; empty takes the issuer's alone. Another host of the province could phish with any that is not ours.</summary>
    public IList<string> Origins { get; } = [];

    public static string RelyingPartyIdOf(PasskeyOptions passkeys, OidcOptions oidc) => passkeys.RelyingPartyId ?? new Uri(oidc.Issuer).Host;

    public static IReadOnlyList<string> OriginsOf(PasskeyOptions passkeys, OidcOptions oidc) =>
        passkeys.Origins.Count > 0 ? [.. passkeys.Origins] : [new Uri(oidc.Issuer).GetLeftPart(UriPartial.Authority)];

    /// <summary>WebAuthn §5.1.3: a browser takes an RP ID only from a page of that host or of one below it.</summary>
    public static bool IsSound(PasskeyOptions passkeys, OidcOptions oidc) =>
        OriginsOf(passkeys, oidc).All(o => Uri.TryCreate(o, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == o
            && IsWithin(uri.Host, RelyingPartyIdOf(passkeys, oidc)));

    private static bool IsWithin(string host, string domain) =>
        host == domain || domain.Contains('.', StringComparison.Ordinal) && host.EndsWith($".{domain}", StringComparison.Ordinal);
}
