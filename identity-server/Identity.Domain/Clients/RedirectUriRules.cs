namespace Identity.Domain.Clients;

/// <summary>
/// Which addresses a browser may be sent to. Strict when registered, so that matching can be a comparison of characters and
/// nothing else; the one exception is the port of a loopback literal (RFC 8252 §7.3). Attack rows: security.md R1–R7.
/// </summary>
public static class RedirectUriRules
{
    private static readonly string[] LoopbackOrigins = ["http://127.0.0.1", "http://[::1]"];

    // The response parameters: a registered twin would let two readers see two different answers.
    private static readonly HashSet<string> ResponseParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        "code", "state", "error", "error_description", "error_uri", "iss", "response", "session_state", "id_token", "access_token",
    };

    /// <summary>What is wrong with an address to be registered as a redirect target, or null.</summary>
    public static LocalizedText? ProblemOf(string uri, ApplicationType type)
    {
        if (WebAddress.Read(uri, out var address) is { } problem) return problem;
        return address.Scheme is "https" or "http"
            ? ProblemOfWeb(address) ?? ProblemOfQuery(address.Query)
            : ProblemOfPrivateScheme(address, type) ?? ProblemOfQuery(address.Query);
    }

    /// <summary>The same for an address that is shown as a link or called by the server: never an application's own scheme.</summary>
    public static LocalizedText? ProblemOfPage(string uri) =>
        WebAddress.Read(uri, out var address) is { } problem ? problem : ProblemOfWeb(address);

    public static bool Matches(IReadOnlyList<string> registered, string requested, ApplicationType type)
    {
        if (requested.Length is 0 or > WebAddress.MaxLength) return false;
        if (registered.Contains(requested)) return true;
        return type == ApplicationType.Native && WithoutLoopbackPort(requested) is { } portless
            && registered.Any(r => WithoutLoopbackPort(r) == portless);
    }

    private static LocalizedText? ProblemOfWeb(WebAddress address) => address switch
    {
        { Scheme: not ("https" or "http") } => AddressFaults.MustBeHttps,
        { Host: null } => AddressFaults.NamesNoHost,
        { Scheme: "https" } => null,
        { Host: "127.0.0.1" or "[::1]" } => null,
        { Host: "localhost", Port.Length: > 0 } => null,
        { Host: "localhost" } => AddressFaults.LocalhostWithoutPort,
        _ => AddressFaults.PlainHttp,
    };

    // RFC 8252 §7.1: a scheme from a domain name that the owner controls. The dot also keeps out javascript:, data:, file: and kin.
    private static LocalizedText? ProblemOfPrivateScheme(WebAddress address, ApplicationType type)
    {
        if (type != ApplicationType.Native) return AddressFaults.SchemeIsForNative;
        if (!address.Scheme.Contains('.', StringComparison.Ordinal)) return AddressFaults.SchemeIsNoDomain;
        return address.Port.Length > 0 || (address.Host is null && !address.Path.StartsWith('/'))
            ? AddressFaults.SchemeWithoutPath : null;
    }

    private static LocalizedText? ProblemOfQuery(string query)
    {
        var names = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => Uri.UnescapeDataString(p.Split('=')[0].Replace('+', ' '))).ToList();
        if (names.FirstOrDefault(ResponseParameters.Contains) is { } taken) return AddressFaults.ParameterIsOurs(taken);
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count ? null : AddressFaults.ParameterTwice;
    }

    private static string? WithoutLoopbackPort(string uri)
    {
        if (Array.Find(LoopbackOrigins, o => uri.StartsWith(o, StringComparison.Ordinal)) is not { } origin) return null;
        var rest = uri.AsSpan(origin.Length);
        if (rest.StartsWith(":"))
        {
            var end = rest.IndexOfAny('/', '?');
            var port = end < 0 ? rest[1..] : rest[1..end];
            if (!WebAddress.IsPort(port)) return null;
            rest = end < 0 ? default : rest[end..];
        }
        return rest.IsEmpty || rest[0] is '/' or '?' ? string.Concat(origin, rest) : null;
    }
}
