using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>People in office who have not signed in for 45 days, or whom nobody has looked at for six months.</summary>
[Needs(Permission.ReadOrganisations)]
public sealed class ReviewsModel : DeskPage
{
    public ReviewList List { get; set; }
    public IReadOnlyList<ReviewLine> Lines { get; set; } = [];
    public Guid? Next { get; set; }

    public async Task OnGetAsync([FromQuery] string? list, [FromQuery] Guid? after, [FromQuery] string? done, [FromServices] StandingReviews reviews, CancellationToken ct)
    {
        TellDone(done);
        List = Enum.TryParse<ReviewList>(list, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : ReviewList.Idle;
        (Lines, Next) = await reviews.ReadAsync(Actor, List, after, ct);
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromForm] Guid standing, [FromForm] string? list, [FromServices] StandingReviews reviews, CancellationToken ct) =>
        await TellAsync(await reviews.ConfirmAsync(Actor, standing, ct), list, "reviewed", reviews, ct);

    public async Task<IActionResult> OnPostEndAsync([FromForm] Guid standing, [FromForm] string? list, [FromServices] StandingReviews reviews, CancellationToken ct) =>
        await TellAsync(await reviews.EndAsync(Actor, standing, ct), list, "standing_ended", reviews, ct);

    private async Task<IActionResult> TellAsync(DeskRefusal? refusal, string? list, string deed, StandingReviews reviews, CancellationToken ct)
    {
        if (refusal is DeskRefusal.NotThere) return NotFound();
        var kept = Enum.TryParse<ReviewList>(list, out var wanted) ? wanted : ReviewList.Idle;
        if (!Refuse(refusal)) return GoTo($"/staff/reviews?list={kept}&done={deed}");
        await OnGetAsync(kept.ToString(), null, null, reviews, ct);
        return Page();
    }
}
