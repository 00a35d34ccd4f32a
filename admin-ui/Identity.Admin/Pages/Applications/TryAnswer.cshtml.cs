using Identity.Admin.Access;
using Identity.Admin.TryIt;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What came back, decoded, or what went wrong, explained.</summary>
[NeedsSignIn]
public sealed class TryAnswerModel : ApplicationPage
{
    public TryItResult Result { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, [FromServices] TryItClient client, [FromServices] TryItTrips trips,
        [FromServices] TryOuts tryOuts, CancellationToken ct)
    {
        // Second look, back button, another browser's answer: nothing to show, and nothing to explain.
        if (trips.Take(HttpContext, Request.Query["state"].ToString()) is not { } trip) return SeeOther("/apps");
        Id = trip.ApplicationId;
        if (!await OpenAsync(access, null, ct) || await documents.FindAsync(Application.SandboxClientId, ct) is not { } stored) return NotFound();
        Result = await client.CompleteAsync(stored.Client, trip, Request.Query, ct);
        if (Result.Succeeded) await tryOuts.SucceededAsync(Actor, Id, ct);
        return Page();
    }

    /// <summary>Key of the text that says what an error means; every error has one.</summary>
    public string Explanation(Texts texts) => texts.Has($"try.error.{Result.Error}") ? $"try.error.{Result.Error}" : "try.error.other";
}
