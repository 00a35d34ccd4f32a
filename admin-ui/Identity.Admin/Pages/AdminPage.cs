using Identity.Admin.Drafts;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Identity.Admin.Pages;

/// <summary>What the frame around every page needs to know.</summary>
public abstract class AdminPage : PageModel
{
    /// <summary>Whoever stands here; a page that nobody may open without signing in always has one.</summary>
    public AdminActor Actor => Visitor ?? throw new InvalidOperationException("This page opens to people who are signed in.");

    public AdminActor? Visitor => HttpContext.Features.Get<AdminActor>();

    /// <summary>Keys of the texts that say what is wrong with the form, in the order of its fields.</summary>
    public List<string> Faults { get; } = [];

    public bool HasFault => Faults.Count > 0;

    /// <summary>Id of the field that a fault is about, for its link and its mark (WCAG 3.3.1); null where it is about none.</summary>
    public virtual string? FieldOf(string fault) => null;

    /// <summary>Key of the text that says what the last form did.</summary>
    public string? Done { get; set; }

    /// <summary>What had been typed before the sign-in was over stands in the form again.</summary>
    public bool FormCameBack => HttpContext.Features.Get<ReturnedForm>() is not null;

    /// <summary>The file that was chosen before; it need not be chosen again.</summary>
    public KeptFile? KeptFile => HttpContext.Features.Get<KeptFile>();

    /// <summary>A form that this page does not have is an address that is not there: nothing would have been read for what it shows (M28). Itself it is none, whatever its name begins with.</summary>
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null && context.ActionDescriptor.HandlerMethods.Count > 0) context.Result = NotFound();
    }

    /// <summary>Whether the form that came back is the one with this field; a page may have several.</summary>
    protected bool CameBackWith(string field) => HttpContext.Features.Get<ReturnedForm>()?.Fields.ContainsKey(field) == true;
}
