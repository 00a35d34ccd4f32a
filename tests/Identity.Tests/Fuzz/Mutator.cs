using System.Text;

namespace Identity.Tests.Fuzz;

/// <summary>Makes broken inputs out of whole ones. The same seed makes the same inputs, so that what fails once fails again.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<string> corpus)
{
    public const int MaximumLength = 64 * 1024;

    // What parsers have stumbled over elsewhere.
    private static readonly string[] Dictionary =
    [
        "\0", "\ud800", "\udc00", "\\ud800", "\\u0000", "\u2028", "\u202E", "\uFFFE", "%00", "%", "%zz", "%ff", "%2e%2e", "..", "//", "\\", "\"", "'", "{", "}", "[", "]", ":", ",", "=", "&", "&&", ";", ".", "-",
        "null", "true", "1e400", "-1", "99999999999999999999", "0x7f", "NaN", "\r\n", "\t", " ", "@", "#", "?", "*", "<", "ß", "İ", "ﬀ", "１", "\u0301", "𠀋",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = new StringBuilder(Pick(corpus));
        for (var steps = _random.Next(1, 6); steps > 0; steps--) Change(text);
        return text.Length > MaximumLength ? text.ToString(0, MaximumLength) : text.ToString();
    }

    private void Change(StringBuilder text)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(_random.Next(1, 32), text.Length - at);
        switch (_random.Next(9))
        {
            case 0 when length > 0:
                text[at] = (char)(text[at] ^ (1 << _random.Next(8)));
                break;
            case 1 when length > 0:
                text.Remove(at, length);
                break;
            case 2:
                text.Insert(at, text.ToString(at, length));
                break;
            case 3:
                text.Length = at;
                break;
            case 4:
                var other = Pick(corpus);
                var from = _random.Next(other.Length + 1);
                text.Insert(at, other[from..]);
                break;
            // Rare, because long inputs take long.
            case 5 when _random.Next(20) == 0:
                text.Insert(at, string.Concat(Enumerable.Repeat(Pick(Dictionary), _random.Next(1, 5_000))));
                break;
            case 6:
                text.Insert(at, (char)_random.Next(char.MaxValue + 1));
                break;
            case 7 when length > 0:
                text[at] = Pick(Dictionary)[0];
                break;
            default:
                text.Insert(at, Pick(Dictionary));
                break;
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
