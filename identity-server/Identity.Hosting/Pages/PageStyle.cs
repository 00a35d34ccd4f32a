using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Hosting.Pages;

/// <summary>
/// The one style sheet, written into every page: a second request would cost a slow line two seconds before anything shows.
/// The policy names it by hash, so no other style and no script can run.
/// </summary>
public sealed class PageStyle
{
    private PageStyle(string css)
    {
        Css = css;
        CspHash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)))}'";
    }

    /// <summary>Exactly what stands between the style tags; the hash is over these characters.</summary>
    public string Css { get; }

    /// <summary>A source expression with its quotes, ready for <c>style-src</c>.</summary>
    public string CspHash { get; }

    /// <param name="host">May add to the common sheet with an embedded <c>host.css</c>.</param>
    public static PageStyle Load(Assembly host) =>
        new(Compact(Read(typeof(PageStyle).Assembly.GetManifestResourceStream("site.css")!)) + Compact(Read(host.GetManifestResourceStream("host.css"))));

    private static string Read(Stream? sheet)
    {
        if (sheet is null) return "";
        using var reader = new StreamReader(sheet);
        return reader.ReadToEnd();
    }

    // The sheet is ours, without strings or selectors that these replacements could hurt.
    private static string Compact(string css)
    {
        var joined = string.Concat(css.Split('\n').Select(line => line.Trim()));
        foreach (var mark in "{};,:") joined = joined.Replace($"{mark} ", $"{mark}", StringComparison.Ordinal);
        foreach (var mark in "{}") joined = joined.Replace($" {mark}", $"{mark}", StringComparison.Ordinal);
        return joined.Replace(";}", "}", StringComparison.Ordinal);
    }
}
