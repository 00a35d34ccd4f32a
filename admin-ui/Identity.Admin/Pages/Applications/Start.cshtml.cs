using Identity.Admin.Access;
using Identity.Admin.SignIn;
using Identity.Admin.TryIt;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Pages.Applications;

/// <summary>One form, and a sandbox client is live.</summary>
[Needs(Permission.OwnApplications)]
public sealed class StartModel : ApplicationPage
{
    [BindProperty(SupportsGet = true)] public StartInput Input { get; set; } = new();

    public IReadOnlyList<(Guid Id, string Vi, string En)> Units { get; private set; } = [];

    public Task OnGetAsync([FromServices] IdentityDb db, [FromServices] TimeProvider clock, CancellationToken ct) => LoadUnitsAsync(db, clock, ct);

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationRegister register, [FromServices] ShownOnce shown, [FromServices] IOptions<AdminOptions> options,
        [FromServices] IdentityDb db, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        var start = new ApplicationStart(Text(Input.NameVi, Input.NameEn), Text(Input.PurposeVi, Input.PurposeEn), Input.Unit, Input.Kind, Input.SecondOwner?.Trim() ?? "")
        {
            RedirectUris = Lines(Input.RedirectUris),
            TryAddress = new Uri(options.Value.Address!, TryItRoutes.Callback).AbsoluteUri,
        };
        var outcome = await register.StartAsync(start, Actor, ct);
        if (outcome is ApplicationOutcome.Done done) return SeeOther(await shown.AddressAsync($"/apps/{done.ApplicationId}", "started", done.Secret, Actor, ct));
        await LoadUnitsAsync(db, clock, ct);
        return Explain(outcome)!;
    }

    private static LocalizedText Text(string? vi, string? en) => Both(vi, en) ?? LocalizedText.Empty;

    /// <summary>An administrator may register for every unit; officials for their own.</summary>
    private async Task LoadUnitsAsync(IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        var (now, own) = (clock.GetUtcNow(), Actor.OfficialUnits.ToList());
        var everywhere = Actor.May(Permission.GiveRoles);
        var units = await db.OrgUnits.AsNoTracking().Where(u => u.ValidFrom <= now && (u.ValidTo == null || u.ValidTo > now) && (everywhere || own.Contains(u.Id)))
            .OrderBy(u => u.Code).Select(u => new { u.Id, u.NameVi, u.NameEn }).ToListAsync(ct);
        Units = [.. units.OrderByDescending(u => own.Contains(u.Id)).Select(u => (u.Id, u.NameVi, u.NameEn))];
    }
}

/// <summary>What the form holds, and nothing else of an application can come in with it.</summary>
public sealed record StartInput
{
    public string? NameVi { get; set; }
    public string? NameEn { get; set; }
    public string? PurposeVi { get; set; }
    public string? PurposeEn { get; set; }
    public Guid Unit { get; set; }
    public string? SecondOwner { get; set; }
    public ApplicationKind Kind { get; set; }
    public string? RedirectUris { get; set; } = "http://localhost:8080/callback";
}
