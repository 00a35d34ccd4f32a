using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Identity.Hosting.Language;

/// <summary>
/// A text with its placeholders filled. Everything is encoded; names are also isolated from the direction of the text around
/// them and kept out of automatic translation.
/// </summary>
public sealed class MarkedText(string text, (string Name, object? Value)[] values) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0 && rest[open..].IndexOf('}') is var length and > 0)
        {
            encoder.Encode(writer, rest[..open].ToString());
            WriteValue(writer, encoder, rest.Slice(open + 1, length - 1).ToString());
            rest = rest[(open + length + 1)..];
        }
        encoder.Encode(writer, rest.ToString());
    }

    private void WriteValue(TextWriter writer, HtmlEncoder encoder, string placeholder)
    {
        var value = Array.Find(values, v => v.Name == placeholder).Value;
        if (value is IHtmlContent ready)
        {
            ready.WriteTo(writer, encoder);
            return;
        }
        writer.Write("<bdi translate=\"no\">");
        encoder.Encode(writer, VisibleText.Of(value?.ToString()));
        writer.Write("</bdi>");
    }
}

public sealed class ClockTime(DateTimeOffset at, bool dayOnly = false) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) =>
        writer.Write($"<time datetime=\"{VietnamTime.Machine(at)}\">{(dayOnly ? VietnamTime.Day(at) : VietnamTime.Text(at))}</time>");
}
