using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Identity.Server.MailOut;

/// <summary>One mail in words: subject, and the same parts as text and as HTML.</summary>
/// <param name="Sections">One per language.</param>
public sealed record Letter(string Subject, IReadOnlyList<LetterSection> Sections)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string Text()
    {
        var text = new StringBuilder();
        foreach (var section in Sections)
        {
            if (text.Length > 0) text.Append("\n----\n\n");
            foreach (var (part, next) in section.Parts.Zip(section.Parts.Skip(1).Append(null)))
                text.Append(part.Text).Append(part.Kind == LetterPartKind.Fact && next?.Kind == LetterPartKind.Fact ? "\n" : "\n\n");
        }
        return text.ToString();
    }

    /// <summary>No picture, no link, nothing to load: nothing tells a sender that it was read, and there is nothing to click.</summary>
    public string Html()
    {
        var html = new StringBuilder($"<!doctype html><html lang=\"{Sections[0].Language}\"><head><meta charset=\"utf-8\"><title>{Encoder.Encode(Subject)}</title></head>"
            + "<body style=\"margin:0;background:#ffffff;color:#1b1b1b;font-family:sans-serif;font-size:16px;line-height:1.5\">");
        foreach (var section in Sections)
        {
            html.Append("<div lang=\"").Append(section.Language).Append("\" style=\"max-width:36em;margin:0 auto;padding:16px\">");
            foreach (var part in section.Parts) html.Append(Html(part));
            html.Append("</div>");
        }
        return html.Append("</body></html>").ToString();
    }

    private static string Html(LetterPart part) => part.Kind switch
    {
        LetterPartKind.Code => $"<p style=\"font-size:32px;letter-spacing:4px;margin:8px 0\"><b translate=\"no\">{Encoder.Encode(part.Text)}</b></p>",
        LetterPartKind.Fact => $"<p style=\"margin:0\">{Encoder.Encode(part.Text)}</p>",
        LetterPartKind.Small => $"<p style=\"font-size:14px;color:#4a4a4a\">{Encoder.Encode(part.Text)}</p>",
        _ => $"<p>{Encoder.Encode(part.Text)}</p>",
    };
}

public sealed record LetterSection(string Language, IReadOnlyList<LetterPart> Parts);

public sealed record LetterPart(LetterPartKind Kind, string Text);

public enum LetterPartKind
{
    Paragraph,
    Code,
    Fact,
    Small,
}
