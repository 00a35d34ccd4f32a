using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What waits for a reviewer, the most urgent first.</summary>
[Needs(Permission.ReviewApplications)]
public sealed class ReviewsModel : AdminPage
{
    private const int PageSize = 50;

    [FromQuery(Name = "after")] public Guid? After { get; set; }

    public IReadOnlyList<WaitingRequest> Shown { get; private set; } = [];
    public Guid? Next { get; private set; }
    public DateTimeOffset Now { get; private set; }

    public async Task OnGetAsync([FromServices] ReviewDesk reviews, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        var found = await reviews.QueueAsync(Actor, After, PageSize + 1, ct);
        (Shown, Now) = ([.. found.Take(PageSize)], clock.GetUtcNow());
        Next = found.Count > PageSize ? Shown[^1].Id : null;
    }
}
