using Identity.Admin.Access;
using Identity.Admin.TryIt;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>Off to the public host as the application that is tried.</summary>
[NeedsSignIn]
public sealed class TryStartModel : ApplicationPage
{
    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, [FromServices] TryItClient client, [FromServices] TryItTrips trips, CancellationToken ct)
    {
        if (!await OpenAsync(access, null, ct) || await documents.FindAsync(Application.SandboxClientId, ct) is not { } stored) return NotFound();
        if (!May(ApplicationRights.Try)) return StatusCode(StatusCodes.Status403Forbidden);
        if (GoLiveChecklist.CannotBeTried(stored.Client)) return SeeOther($"/apps/{Id}/try");
        var trip = TryItTrip.New(Id);
        if (await client.StartAsync(stored.Client, trip, ct) is not { } address) return StatusCode(StatusCodes.Status502BadGateway);
        trips.Write(HttpContext, trip);
        return SeeOther(address);
    }
}
