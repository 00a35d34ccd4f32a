using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>A picture as it is now; the next one comes from the same address.</summary>
internal sealed class LogoResult(ClientLogo logo) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => ShownLogo.Answer(logo, context.HttpContext.Response, "no-store").ExecuteAsync(context.HttpContext);
}
