namespace Identity.Server.Pages;

/// <summary>
/// Addresses that come from registrations. Encoding does not make <c>javascript:</c> harmless in a link, so such a link is not
/// written at all; private schemes of native applications are allowed.
/// </summary>
public static class WebAddress
{
    private static readonly string[] Active = ["javascript", "data", "vbscript", "blob", "file"];

    public static Uri? Harmless(Uri? address) =>
        address is { IsAbsoluteUri: true } && !Active.Contains(address.Scheme, StringComparer.OrdinalIgnoreCase) ? address : null;

    /// <summary>An address of our own; anything else becomes the account's front page (R10).</summary>
    public static string Inside(string? address) => address is ['/', not ('/' or '\\'), ..] ? address : "/account";
}
