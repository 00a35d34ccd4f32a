using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Keys;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Keys;

/// <summary>Keys that sign tokens: which, from when to when, a rotation that is looked at before it is done, and the way out of an emergency (P8).</summary>
[Needs(Permission.RotateKeys)]
public sealed class KeysModel(KeyOffice office) : AdminPage
{
    private const int UsualHours = 24;

    [BindProperty(SupportsGet = true)] public KeysForm Input { get; set; } = new(null, null, null, null);
    [BindProperty(SupportsGet = true)] public string? Did { get; set; }

    public IReadOnlyList<KeyEntry> Entries { get; private set; } = [];
    public IReadOnlyList<KeyWithdrawal> Withdrawals { get; private set; } = [];

    /// <summary>As chosen, or what nearly every application can live with.</summary>
    public int Hours => Input.Hours ?? UsualHours;

    /// <summary>What the form's rotation would do; null until somebody asks.</summary>
    public KeyPlan? Plan { get; private set; }

    public string? NewestOf(string algorithm) => Entries.Where(k => k.Algorithm == algorithm && k.State != KeyState.Removed).MaxBy(k => k.ActivatesAt)?.KeyId;

    public override string? FieldOf(string fault) => fault switch
    {
        "keys.fault.ReasonIsMissing" => Request.Query["handler"] == "ask" ? "why" : "reason",
        "keys.fault.TimeDoesNotFit" => "hours",
        "keys.fault.UnknownAlgorithm" => "algorithm",
        _ => null,
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (Did is "rotated" or "asked" or "withdrawn" or "declined") Done = $"keys.did.{Did}";
        await ReadAsync(ct);
    }

    public async Task OnPostPreviewAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (!KeyOffice.IsAnnouncement(TimeSpan.FromHours(Hours))) Faults.Add("keys.fault.TimeDoesNotFit");
        else Plan = office.Plan(TimeSpan.FromHours(Hours));
    }

    public async Task<IActionResult> OnPostRotateAsync(CancellationToken ct) => await AnswerAsync(
        await office.RotateAsync(Actor, new KeyOrder(Input.Algorithm ?? "", TimeSpan.FromHours(Hours), Input.Reason ?? ""), Input.Newest, ct), "rotated", ct);

    public async Task<IActionResult> OnPostAskAsync(CancellationToken ct) => await AnswerAsync(await office.AskWithdrawalAsync(Actor, Input.Algorithm ?? "", Input.Reason ?? "", ct), "asked", ct);

    public async Task<IActionResult> OnPostDecideAsync(Guid id, bool carry, CancellationToken ct) =>
        await AnswerAsync(await office.DecideWithdrawalAsync(Actor, id, carry, ct), carry ? "withdrawn" : "declined", ct);

    private async Task<IActionResult> AnswerAsync(KeyRefusal? refusal, string did, CancellationToken ct)
    {
        if (refusal is null) return Redirect($"/keys?did={did}");
        Faults.Add($"keys.fault.{refusal}");
        await ReadAsync(ct);
        // The form stands below its plan: without it, what was typed would be gone.
        if (did == "rotated" && KeyOffice.IsAnnouncement(TimeSpan.FromHours(Hours))) Plan = office.Plan(TimeSpan.FromHours(Hours));
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct) => (Entries, Withdrawals) = (await office.ListAsync(Actor, ct), await office.WithdrawalsAsync(Actor, ct));
}

/// <param name="Newest">Key id that the preview was made for.</param>
public sealed record KeysForm(string? Algorithm, int? Hours, string? Reason, string? Newest);
