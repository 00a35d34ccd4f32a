using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Identity.Admin.Pages;

/// <summary>Repeats beside a field what the summary says about it, and marks the field (ux.md: hint first, then the error).</summary>
[HtmlTargetElement("input", Attributes = "id", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = "id")]
[HtmlTargetElement("textarea", Attributes = "id")]
public sealed class FaultyField(Texts texts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (View.ViewData.Model is not AdminPage { HasFault: true } page || output.Attributes["id"]?.Value?.ToString() is not { } id) return;
        // A box in a list of choices has no room for a sentence; the summary leads to it.
        if (output.Attributes["type"]?.Value?.ToString() is "radio" or "checkbox") return;
        if (page.Faults.Find(fault => page.FieldOf(fault) == id) is not { } fault) return;
        var described = output.Attributes["aria-describedby"]?.Value?.ToString();
        output.Attributes.SetAttribute("aria-invalid", "true");
        output.Attributes.SetAttribute("aria-describedby", described is null ? $"{id}-fault" : $"{described} {id}-fault");
        var words = new TagBuilder("p");
        words.AddCssClass("err");
        words.Attributes["id"] = $"{id}-fault";
        words.InnerHtml.Append(texts[fault]);
        output.PreElement.SetHtmlContent(words);
    }
}
