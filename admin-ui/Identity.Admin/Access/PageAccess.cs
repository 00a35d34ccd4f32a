using System.Reflection;
using Identity.Admin.Drafts;
using Identity.Admin.SignIn;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Access;

/// <summary>
/// The one door of all pages. Nobody there: to the sign-in, and back with what was typed. Somebody without the permission: a page that
/// says which one is missing. How far a permission reaches is the domain's question, with the thing at hand.
/// </summary>
internal sealed class PageAccess(ParkedFormTrip forms, IOptions<AdminOptions> options) : IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        // Signing out, and a form that is sent after the sign-in ended, lead on to the public host; without its name a browser would stop there and say nothing.
        context.HttpContext.UseContentSecurityPolicy(policy => policy with { FormTargets = [options.Value.Issuer] });
        if (context.ActionDescriptor is not CompiledPageActionDescriptor page || page.HandlerTypeInfo.IsDefined(typeof(OpenToAllAttribute))) return;
        var needed = page.HandlerTypeInfo.GetCustomAttribute<NeedsAttribute>();
        if (needed is null && !page.HandlerTypeInfo.IsDefined(typeof(NeedsSignInAttribute))) throw new InvalidOperationException($"{page.HandlerTypeInfo.Name} does not say who may open it.");
        var http = context.HttpContext;
        if (http.Features.Get<AdminActor>() is not { } actor)
        {
            var back = HttpMethods.IsPost(http.Request.Method) ? await forms.ParkAsync(http, page, http.RequestAborted) : $"{http.Request.Path}{http.Request.QueryString}";
            context.Result = new SeeOther($"/signin?return={Uri.EscapeDataString(back)}");
        }
        else if (needed is not null && !actor.MaySomewhere(needed.Permission)) context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    private sealed class SeeOther(string address) : ActionResult
    {
        public override void ExecuteResult(ActionContext context) => context.HttpContext.SeeOther(address);
    }
}

internal static class AccessSetup
{
    /// <summary>A page's own limits of what it is sent (900) come first: whoever has to sign in anew would otherwise meet those of all other pages. Forms are judged later (1000).</summary>
    private const int BehindLimits = 950;

    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder app)
    {
        app.Services.AddScoped<PageAccess>();
        app.Services.Configure<MvcOptions>(mvc => mvc.Filters.AddService<PageAccess>(BehindLimits));
        return app;
    }
}
