namespace Identity.Connectors.AuthorizationCode;

/// <summary>An upstream's error code on its way into an operator's log.</summary>
internal static class ProtocolError
{
    private const int LongestShown = 64;

    /// <summary>A code of the registered shape as it is; anything else could carry a name or a forged line.</summary>
    public static string Printable(string? code) =>
        code is { Length: > 0 and <= LongestShown } && code.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? code
            : "(not printable)";
}
