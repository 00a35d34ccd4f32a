using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Identity.Domain.Clients;

/// <summary>
/// An absolute address taken apart by RFC 3986 alone, in its one canonical spelling. <see cref="Uri"/> is not asked: it silently
/// repairs exactly what has to be refused (dot segments, back slashes, short IPv4 forms, white space).
/// </summary>
internal readonly record struct WebAddress(string Scheme, string? Host, string Port, string Path, string Query)
{
    public const int MaxLength = 2000;
    private const string NeverInUri = "\"<>^`{|}\\";
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+.-");

    public static LocalizedText? Read(string text, out WebAddress address)
    {
        address = default;
        if (ProblemOfCharacters(text) is { } problem) return problem;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsScheme(text.AsSpan(0, colon)))
            return AddressFaults.NotAbsolute;
        var rest = text[(colon + 1)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        var hierarchy = question < 0 ? rest : rest[..question];
        if (!hierarchy.StartsWith("//", StringComparison.Ordinal))
        {
            address = new WebAddress(text[..colon], null, "", hierarchy, query);
            return ProblemOfPath(hierarchy);
        }
        var slash = hierarchy.IndexOf('/', 2);
        var authority = slash < 0 ? hierarchy[2..] : hierarchy[2..slash];
        var path = slash < 0 ? "" : hierarchy[slash..];
        if (authority.Contains('@', StringComparison.Ordinal)) return AddressFaults.HoldsUser;
        var (host, port) = SplitPort(authority);
        address = new WebAddress(text[..colon], host, port, path, query);
        return ProblemOfHost(host) ?? ProblemOfPort(text[..colon], authority, host, port) ?? ProblemOfPath(path);
    }

    private static LocalizedText? ProblemOfCharacters(string text)
    {
        if (text.Length == 0) return AddressFaults.IsEmpty;
        if (text.Length > MaxLength) return AddressFaults.IsLong(MaxLength);
        if (text.Any(c => c is <= ' ' or > '~'))
            return AddressFaults.HoldsForeignCharacter;
        if (text.Contains('*', StringComparison.Ordinal)) return AddressFaults.IsPattern;
        if (text.Contains('#', StringComparison.Ordinal)) return AddressFaults.HasFragment;
        if (text.Any(c => NeverInUri.Contains(c, StringComparison.Ordinal))) return AddressFaults.HoldsNoUriCharacter;
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
            if (!IsHarmlessEscape(text.AsSpan(i + 1)))
                return AddressFaults.HarmfulEscape;
        return null;
    }

    private static bool IsHarmlessEscape(ReadOnlySpan<char> after) =>
        after.Length >= 2 && byte.TryParse(after[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
        && value is >= 0x20 and not 0x7F && value is not ((byte)'/' or (byte)'\\' or (byte)'.' or (byte)'%');

    private static bool IsScheme(ReadOnlySpan<char> scheme) =>
        char.IsAsciiLetterLower(scheme[0])
        && scheme.IndexOfAnyExcept(SchemeCharacters) < 0;

    private static (string Host, string Port) SplitPort(string authority)
    {
        var colon = authority.IndexOf(':', authority.LastIndexOf(']') + 1);
        return colon < 0 ? (authority, "") : (authority[..colon], authority[(colon + 1)..]);
    }

    private static LocalizedText? ProblemOfPort(string scheme, string authority, string host, string port)
    {
        if (port.Length == 0 && authority.Length == host.Length) return null;
        if (!IsPort(port)) return AddressFaults.PortShape;
        return (scheme, port) is ("https", "443") or ("http", "80") ? AddressFaults.DefaultPort(port) : null;
    }

    internal static bool IsPort(ReadOnlySpan<char> port) =>
        port.Length is > 0 and <= 5 && port[0] != '0' && port.IndexOfAnyExceptInRange('0', '9') < 0
        && int.Parse(port, CultureInfo.InvariantCulture) <= 65535;

    // A last label that begins with a digit makes browsers read the host as a number (127.1, 2130706433, 0x7f.1).
    private static LocalizedText? ProblemOfHost(string host)
    {
        if (host == "[::1]" || IsCanonicalIPv4(host)) return null;
        if (host.Any(char.IsAsciiLetterUpper)) return AddressFaults.UpperCaseHost;
        var labels = host.Split('.');
        var sound = host.Length <= 253 && labels.All(IsLabel) && char.IsAsciiLetterLower(labels[^1][0]);
        return sound ? null : AddressFaults.HostShape;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsCanonicalIPv4(string host) =>
        IPAddress.TryParse(host, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && ip.ToString() == host;

    private static LocalizedText? ProblemOfPath(string path)
    {
        if (path.AsSpan().IndexOfAny('[', ']') >= 0) return AddressFaults.BracketsInPath;
        if (path.Contains("//", StringComparison.Ordinal)) return AddressFaults.TwoSlashes;
        return path.Split('/').Any(s => s.Split(';')[0] is "." or "..") ? AddressFaults.DotSegment : null;
    }
}
