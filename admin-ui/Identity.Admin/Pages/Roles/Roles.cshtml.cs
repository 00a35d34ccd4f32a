using Identity.Admin.Access;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Roles;

/// <summary>Who may do what, since when and why (P13).</summary>
[Needs(Permission.GiveRoles)]
public sealed class RolesModel(RoleList list, RoleOffice office, RoleProposals proposals, Elevations elevations) : AdminPage
{
    [BindProperty(SupportsGet = true)] public AdminRole? Role { get; set; }
    [BindProperty(SupportsGet = true)] public bool Ended { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }
    [BindProperty(SupportsGet = true)] public string? Did { get; set; }

    public IReadOnlyList<RoleEntry> Entries { get; private set; } = [];
    public IReadOnlyList<RoleEntry> Proposals { get; private set; } = [];
    public IReadOnlyList<ElevationEntry> Requests { get; private set; } = [];
    public Guid? Next { get; private set; }
    public bool IsProvince => Actor.May(Permission.GiveRoles);

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (Did is "given" or "ended" or "granted" or "declined" or "proposed" or "confirmed" or "refused" or "withdrawn") Done = $"roles.did.{Did}";
        await ReadAsync(ct);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct) => await AnswerAsync(await office.EndAsync(Actor, id, ct), "ended", ct);

    public async Task<IActionResult> OnPostDecideAsync(Guid id, bool grant, CancellationToken ct) =>
        await AnswerAsync(await elevations.DecideAsync(Actor, id, grant, ct), grant ? "granted" : "declined", ct);

    public async Task<IActionResult> OnPostConfirmAsync(Guid id, CancellationToken ct) => await AnswerAsync(await proposals.ConfirmAsync(Actor, id, ct), "confirmed", ct);

    public async Task<IActionResult> OnPostRefuseAsync(Guid id, string? reason, CancellationToken ct) => await AnswerAsync(await proposals.RefuseAsync(Actor, id, reason ?? "", ct), "refused", ct);

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct) => await AnswerAsync(await proposals.RefuseAsync(Actor, id, "", ct), "withdrawn", ct);

    private async Task<IActionResult> AnswerAsync(RoleRefusal? refusal, string did, CancellationToken ct)
    {
        if (refusal is null) return Redirect($"/roles?did={did}");
        Faults.Add($"roles.fault.{refusal}");
        await ReadAsync(ct);
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var page = await list.ReadAsync(Actor, new RoleFilter(Role, Ended, After), ct);
        Entries = [.. page.Take(RoleList.PageSize)];
        Next = page.Count > RoleList.PageSize ? Entries[^1].Assignment.Id : null;
        Proposals = await list.ProposalsAsync(Actor, ct);
        Requests = await list.RequestsAsync(Actor, ct);
    }
}
