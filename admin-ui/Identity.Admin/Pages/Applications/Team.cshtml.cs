using Identity.Admin.Access;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

[NeedsSignIn]
public sealed class TeamModel : ApplicationPage
{
    [BindProperty(SupportsGet = true)] public TeamInput Input { get; set; } = new();

    /// <summary>A machine tries nothing out.</summary>
    public static readonly MemberRole[] RolesOfMachines = [MemberRole.Developer, MemberRole.Owner, MemberRole.Viewer];

    public IReadOnlyList<TeamMember> Members { get; private set; } = [];
    public bool MayInvite => May(ApplicationRights.Own) || May(ApplicationRights.HandOver);

    public bool MayRemove(TeamMember member) => May(ApplicationRights.Own) || member.IsYou || (member.HasLeft && May(ApplicationRights.HandOver));

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ApplicationTeam team, string? done, CancellationToken ct)
    {
        if (!await OpenAsync(access, done, ct)) return NotFound();
        Members = await team.ListAsync(Reached, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationAccess access, [FromServices] ApplicationTeam team, CancellationToken ct) =>
        await AnswerAsync(await team.AddAsync(Actor, Id, Input.Role, Input.Mail ?? "", ct), "invited", access, team, ct);

    public async Task<IActionResult> OnPostAccountAsync([FromServices] ApplicationAccess access, [FromServices] ApplicationTeam team, [FromServices] TeamAccounts accounts, CancellationToken ct) =>
        await AnswerAsync(await accounts.AddAsync(Actor, Id, Input.Role, Input.Account?.Trim() ?? "", ct), "account_added", access, team, ct);

    public async Task<IActionResult> OnPostRemoveAsync([FromServices] ApplicationAccess access, [FromServices] ApplicationTeam team, [FromForm] Guid member, CancellationToken ct) =>
        await AnswerAsync(await team.RemoveAsync(Actor, Id, member, ct), "removed", access, team, ct);

    private async Task<IActionResult> AnswerAsync(ApplicationOutcome outcome, string done, ApplicationAccess access, ApplicationTeam team, CancellationToken ct)
    {
        // Who took themselves out may not see it any more.
        if (outcome is ApplicationOutcome.Done) return await OpenAsync(access, null, ct) ? SeeOther($"/apps/{Id}/team", done) : SeeOther("/apps");
        if (!await OpenAsync(access, null, ct)) return NotFound();
        Members = await team.ListAsync(Reached, ct);
        return Explain(outcome)!;
    }
}

public sealed record TeamInput
{
    public string? Mail { get; set; }
    public string? Account { get; set; }
    public MemberRole Role { get; set; } = MemberRole.Developer;
}
