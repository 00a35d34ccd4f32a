using Microsoft.AspNetCore.Html;

namespace Identity.Admin.Pages.Configuration;

/// <summary>Why an item was changed. What owners do with the forms of their application leaves a word of ours, which gets a sentence; everything else was typed by a person and stays as it is.</summary>
internal static class ChangeReason
{
    public static IHtmlContent Of(Texts texts, string reason) => texts.Has($"cfg.made.{reason}") ? texts.Html($"cfg.made.{reason}") : texts.Name(reason);
}
