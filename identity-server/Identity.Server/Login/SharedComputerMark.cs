using Identity.Server.Pages;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Identity.Server.Login;

/// <summary>Tells every page that others use this computer too, so that none forgets the way to leave no trace (ux.md S12).</summary>
internal sealed class SharedComputerMark(BrowserCookies cookies) : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        if (context.HandlerInstance is PublicPage page) page.SharedComputer = cookies.IsShared(context.HttpContext);
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
