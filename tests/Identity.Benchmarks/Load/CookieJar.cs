using System.Globalization;
using System.Text;

namespace Identity.Benchmarks.Load;

/// <summary>Cookies of one simulated browser: name and path decide; <c>Secure</c> is ignored, for the load is plain HTTP on loopback.</summary>
internal sealed class CookieJar
{
    private readonly List<Cookie> _cookies = [];

    public void Take(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines)) return;
        foreach (var line in lines) Take(line);
    }

    /// <param name="header">As a browser sends it: <c>a=b; c=d</c>.</param>
    public void Add(string header)
    {
        foreach (var pair in header.Split(';'))
            if (pair.Split('=', 2) is [var name, var value]) Put(new(name.Trim(), "/", value.Trim()));
    }

    public string? HeaderFor(string path)
    {
        StringBuilder? header = null;
        foreach (var cookie in _cookies)
        {
            if (!path.StartsWith(cookie.Path, StringComparison.Ordinal)) continue;
            header = header is null ? new() : header.Append("; ");
            header.Append(cookie.Name).Append('=').Append(cookie.Value);
        }
        return header?.ToString();
    }

    public void Clear() => _cookies.Clear();

    public void CopyFrom(CookieJar other)
    {
        _cookies.Clear();
        _cookies.AddRange(other._cookies);
    }

    private void Take(string line)
    {
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0].Split('=', 2) is not [var name, var value]) return;
        var (path, isOver) = ("/", value.Length == 0);
        foreach (var attribute in parts.Skip(1).Select(p => p.Split('=', 2)))
        {
            if (attribute is not [var key, var text]) continue;
            if (key.Equals("path", StringComparison.OrdinalIgnoreCase)) path = text;
            isOver |= key.Equals("max-age", StringComparison.OrdinalIgnoreCase) && text == "0";
            isOver |= key.Equals("expires", StringComparison.OrdinalIgnoreCase)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) && moment < DateTimeOffset.UtcNow;
        }
        _cookies.RemoveAll(c => c.Name == name && c.Path == path);
        if (!isOver) Put(new(name, path, value));
    }

    private void Put(Cookie cookie)
    {
        _cookies.RemoveAll(c => c.Name == cookie.Name && c.Path == cookie.Path);
        _cookies.Add(cookie);
    }

    private sealed record Cookie(string Name, string Path, string Value);
}
