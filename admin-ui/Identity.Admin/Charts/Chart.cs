using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Identity.Admin.Charts;

/// <summary>
/// Pictures as SVG, drawn on the server. Each has a title, and a table with the same numbers stands beside it: nothing is said by
/// colour or height alone.
/// </summary>
public static class Chart
{
    private const double Width = 480;
    private const double Height = 84;
    private const double Floor = 80;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Columns over time: what went well below, what failed on top of it, hatched.</summary>
    public static IHtmlContent Columns(string title, IReadOnlyList<(long Good, long Bad)> slots, string first, string last)
    {
        var most = Math.Max(1, slots.Select(s => s.Good + s.Bad).DefaultIfEmpty().Max());
        var step = Width / Math.Max(1, slots.Count);
        var svg = Begin(title);
        for (var i = 0; i < slots.Count; i++)
        {
            var (good, bad) = (Floor * slots[i].Good / most, Floor * slots[i].Bad / most);
            Rectangle(svg, "yes", i * step, Floor - good, step * 0.8, good);
            Rectangle(svg, "no", i * step, Floor - good - bad, step * 0.8, bad);
        }
        return End(svg, first, last);
    }

    /// <summary>Several lines over time, told apart by their dashes; a gap stands where nothing is known.</summary>
    public static IHtmlContent Lines(string title, IReadOnlyList<IReadOnlyList<double?>> lines, string first, string last)
    {
        var most = Math.Max(1, lines.SelectMany(l => l).Max() ?? 1);
        var svg = Begin(title);
        for (var line = 0; line < lines.Count; line++)
        {
            var (path, pen) = (new StringBuilder(), 'M');
            for (var i = 0; i < lines[line].Count; i++)
            {
                if (lines[line][i] is not { } value)
                {
                    pen = 'M';
                    continue;
                }
                path.Append(CultureInfo.InvariantCulture, $"{pen}{(i + 0.5) * Width / lines[line].Count:0.#} {Floor - Floor * value / most:0.#}");
                // A single known point would otherwise leave no mark.
                if (pen == 'M') path.Append("h2");
                pen = 'L';
            }
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line l{line}\" d=\"{path}\"/>");
        }
        return End(svg, first, last);
    }

    /// <summary>One bar, in a cell beside its number; a reader of the table misses nothing.</summary>
    public static IHtmlContent Bar(long amount, long most)
    {
        var width = most <= 0 ? 0 : 100.0 * amount / most;
        return new HtmlString(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"bar\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"yes\" width=\"{width:0.#}\" height=\"12\"/></svg>"));
    }

    private static StringBuilder Begin(string title) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoder.Encode(title)}\"><path class=\"axis\" d=\"M0 {Floor + 0.5}H{Width}\"/>");

    private static void Rectangle(StringBuilder svg, string kind, double x, double y, double width, double height)
    {
        if (height > 0) svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>");
    }

    /// <summary>The ends of the time are no part of the picture: there they would shrink with it.</summary>
    private static HtmlString End(StringBuilder svg, string first, string last) =>
        new(svg.Append(CultureInfo.InvariantCulture, $"</svg><div class=\"ends\"><span>{Encoder.Encode(first)}</span><span>{Encoder.Encode(last)}</span></div>").ToString());
}
