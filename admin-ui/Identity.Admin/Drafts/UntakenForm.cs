using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Identity.Admin.Drafts;

/// <summary>
/// A form whose mark no longer fits, for somebody who is signed in: a browser that was closed in between has forgotten its half. It is
/// not carried out; it comes back filled in, with a mark that fits. Only when the browser itself says that a page of ours has sent it:
/// nobody else shall put words into a form that needs one press (L11).
/// </summary>
internal sealed class UntakenForm(ParkedFormTrip trip) : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is IAntiforgeryValidationFailedResult && context.ActionDescriptor is CompiledPageActionDescriptor page
            && http.Features.Get<AdminActor>() is { } actor && http.Request.Headers["Sec-Fetch-Site"].ToString() == "same-origin"
            && await trip.TryParkAsync(http, page, actor.PersonId, http.RequestAborted) is { } back)
        {
            context.Result = new EmptyResult();
            http.SeeOther(back);
        }
        await next();
    }
}
