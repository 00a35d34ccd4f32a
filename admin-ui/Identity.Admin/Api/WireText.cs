using Identity.Domain.Clients;
using Identity.Hosting.Language;

namespace Identity.Admin.Api;

/// <summary>Texts that people will read, as forms take them: visible, on one line.</summary>
internal static class WireText
{
    public static LocalizedText Of(LocalizedText text) => new(VisibleText.OneLine(text.Vi), VisibleText.OneLine(text.En));

    /// <summary>Null when it says nothing.</summary>
    public static LocalizedText? OrNull(LocalizedText? text) => text is null || Of(text) is { Vi.Length: 0, En.Length: 0 } ? null : Of(text);
}
