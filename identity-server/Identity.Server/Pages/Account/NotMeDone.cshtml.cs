using Identity.Domain.Failures;
using Identity.Domain.Notices;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>After the report, and without a session. Shows nothing but the code that stands in its address, and only while there is such a report.</summary>
public sealed class NotMeDoneModel : PublicPage
{
    public string Code { get; set; } = "";

    public NotMeWay Way { get; set; }

    public async Task<IActionResult> OnGetAsync([FromRoute] string reference, [FromServices] NotMeReport report, CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        if (FailureTimeline.Canonical(reference) is not { } code) return NotFound();
        if (await report.StateAsync(code, ct) is not { } way) return NotFound();
        (Code, Way) = (code, way);
        return Page();
    }
}
