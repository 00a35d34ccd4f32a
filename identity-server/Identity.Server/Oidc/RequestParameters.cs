using System.Text;
using Microsoft.Extensions.Primitives;

namespace Identity.Server.Oidc;

/// <summary>The parameters of a protocol request, parsed once: each at most once, none empty, all within bounds (RFC 6749 §3.1, §3.2).</summary>
public sealed class RequestParameters
{
    public const int MaximumCount = 100;
    public const int MaximumValue = 8_000;
    public const int MaximumTotal = 24_000;

    /// <summary>What still fits into a request line everywhere.</summary>
    public const int LongestAddress = 6_000;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private RequestParameters() { }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Null when a parameter repeats or a bound is broken; <paramref name="problem"/> says which, for operators.</summary>
    public static RequestParameters? Parse(IEnumerable<KeyValuePair<string, StringValues>> source, out string? problem)
    {
        var parameters = new RequestParameters();
        var total = 0;
        foreach (var (name, values) in source)
        {
            total += name.Length + values.Sum(v => v?.Length ?? 0);
            problem = values.Count > 1 ? $"parameter {Printable(name)} repeats"
                : total > MaximumTotal || values.ToString().Length > MaximumValue ? $"parameter {Printable(name)} is too long"
                : parameters._values.Count >= MaximumCount ? "too many parameters"
                // RFC 6749 appendix A allows it nowhere, and PostgreSQL stores it nowhere.
                : values.ToString().Contains('\0', StringComparison.Ordinal) ? $"parameter {Printable(name)} holds a null character"
                : null;
            if (problem is not null) return null;
            // RFC 6749 §3.1: a parameter without a value is treated as if it were omitted.
            if (values.ToString() is { Length: > 0 } value) parameters._values.Add(name, value);
        }
        problem = null;
        return parameters;
    }

    /// <summary>The request as one query string, to be parked and parsed again.</summary>
    public string ToQuery()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _values)
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }

    private static string Printable(string name) =>
        new([.. name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '?')]);
}
