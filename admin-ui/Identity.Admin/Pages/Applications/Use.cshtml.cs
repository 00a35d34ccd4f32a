using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Delegation;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

[NeedsSignIn]
public sealed class UseModel : SettingsPage
{
    [BindProperty(SupportsGet = true)] public UseInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, string? done, CancellationToken ct)
    {
        var result = await ShowAsync(access, documents, done, ct);
        if (Client is not null && !FormCameBack) Input = new() { Capacities = [.. Client.AcceptsCapacities], PerMonth = Application.PeoplePerMonth, PerHour = Application.PeoplePerHour };
        return result;
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationSettings settings, [FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct) =>
        await AnswerAsync(await settings.ChangeUseAsync(Actor, Id, Version, new UseOfApplication([.. Input.Capacities.Distinct()], Input.PerMonth, Input.PerHour), ct), access, documents, $"/apps/{Id}/use", ct);
}

public sealed record UseInput
{
    public IList<CapacityKind> Capacities { get; set; } = [];
    public int? PerMonth { get; set; }
    public int? PerHour { get; set; }
}
