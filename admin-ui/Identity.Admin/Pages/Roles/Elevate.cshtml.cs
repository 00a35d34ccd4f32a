using Identity.Admin.Access;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Roles;

/// <summary>More rights for some hours. Open to everybody who is signed in; what they hold decides whether there is something to ask for.</summary>
[NeedsSignIn]
public sealed class ElevateModel(RoleList list, Elevations elevations) : AdminPage
{
    private const int UsualHours = 2;

    [BindProperty(SupportsGet = true)] public ElevateForm Input { get; set; } = new(null, null);
    [BindProperty(SupportsGet = true)] public string? Did { get; set; }

    public int Hours => Input.Hours ?? UsualHours;

    public AdminRole? Open => Elevations.OpenTo(Actor);
    public ElevationEntry? Waiting { get; private set; }

    public override string? FieldOf(string fault) => fault switch
    {
        "roles.fault.ReasonIsMissing" => Request.Query["handler"] == "break" ? "why" : "reason",
        "roles.fault.TimeDoesNotFit" => "hours",
        _ => null,
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (Did is "asked" or "broken") Done = $"elevate.did.{Did}";
        await ReadAsync(ct);
    }

    public async Task<IActionResult> OnPostAskAsync(CancellationToken ct) => await AnswerAsync(await elevations.AskAsync(Actor, Hours, Input.Reason ?? "", ct), "asked", ct);

    public async Task<IActionResult> OnPostBreakAsync(CancellationToken ct) => await AnswerAsync(await elevations.BreakGlassAsync(Actor, Input.Reason ?? "", ct), "broken", ct);

    private async Task<IActionResult> AnswerAsync(RoleRefusal? refusal, string did, CancellationToken ct)
    {
        if (refusal is null) return Redirect($"/elevate?did={did}");
        Faults.Add($"roles.fault.{refusal}");
        await ReadAsync(ct);
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct) => Waiting = (await list.RequestsAsync(Actor, ct)).FirstOrDefault(r => r.IsOwn);
}

public sealed record ElevateForm(int? Hours, string? Reason);
