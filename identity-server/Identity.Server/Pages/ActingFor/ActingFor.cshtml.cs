using Identity.Domain.Delegation;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.ActingFor;

/// <summary>For whom do you act? Nothing is chosen beforehand: a paper filed in the wrong name is the dearest mistake here.</summary>
public sealed class ActingForModel : LoginPage
{
    /// <summary>From here on, finding beats reading.</summary>
    private const int SearchAbove = 7;

    private const int LongestSearch = 100;

    /// <summary>Whose choices the page shows; the form brings it back, because somebody else may sign in meanwhile in another tab.</summary>
    public Guid SessionId { get; set; }

    public IReadOnlyList<CapacityRow> Usable { get; set; } = [];

    /// <summary>Shown with their reasons: whoever misses one should not have to guess.</summary>
    public IReadOnlyList<CapacityRow> Unusable { get; set; } = [];

    public bool HasSearch { get; set; }
    public string Search { get; set; } = "";

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] CapacityDirectory capacities,
        [FromServices] CapacityRows rows, string? q, bool fault = false)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var ct = HttpContext.RequestAborted;
        if (await login.CurrentAsync(HttpContext, ct) is not { } session || pages.ClientOf(pending) is not { AcceptsOnlyCitizens: false } client)
            return Redirect(ParkedRequests.ResumeAddress(pending));
        var situation = await capacities.SituationAsync(session.PersonId, client, ct);
        if (situation.Usable.Count == 0) return Redirect(LoginAddress.Page(RequestId, CapacityEndpoints.MissingPage));
        (SessionId, HasFault) = (session.Id, fault);
        Show(await rows.OfAsync(situation, ct), q is { Length: <= LongestSearch } ? q : "");
        return Page();
    }

    private void Show(IReadOnlyList<CapacityRow> rows, string search)
    {
        HasSearch = rows.Count > SearchAbove;
        Search = search;
        var found = rows.Where(row => CapacityRows.Holds(row, search)).ToList();
        Usable = [.. found.Where(row => row.Why is null)];
        Unusable = [.. found.Where(row => row.Why is not null)];
    }
}
