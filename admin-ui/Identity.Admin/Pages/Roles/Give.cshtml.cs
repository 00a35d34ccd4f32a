using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Roles;

[Needs(Permission.GiveRoles)]
public sealed class GiveModel(RoleOffice office, IdentityDb db, TimeProvider clock) : AdminPage
{
    [BindProperty(SupportsGet = true)] public GiveForm Input { get; set; } = new(null, null, null, null, null);

    /// <summary>What this person may give; whatever a form says, the domain asks again.</summary>
    public IEnumerable<AdminRole> Offered => Enum.GetValues<AdminRole>().Where(role => AdminRoles.IsForAgency(role) || Actor.May(Permission.GiveRoles));

    public override string? FieldOf(string fault) => fault switch
    {
        "roles.fault.ReasonIsMissing" => "reason",
        "roles.fault.MailIsMissing" or "roles.fault.MailIsNotOfTheAgency" => "mail",
        "roles.fault.AgencyDoesNotFit" or "roles.fault.UnknownUnit" => "unit",
        "roles.fault.TimeDoesNotFit" => "until",
        _ => null,
    };

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Input.Role is not { } role) Faults.Add("roles.fault.RoleIsMissing");
        else if (await GiftAsync(role, ct) is { } gift && await office.GiveAsync(Actor, gift, ct) is { } refusal) Faults.Add($"roles.fault.{refusal}");
        return HasFault ? Page() : Redirect($"/roles?did={(AdminRoles.NeedsSecondPerson(Input.Role!.Value) ? "proposed" : "given")}");
    }

    private async Task<RoleGift?> GiftAsync(AdminRole role, CancellationToken ct)
    {
        Guid? unit = null;
        if (!string.IsNullOrWhiteSpace(Input.Unit))
        {
            unit = (await OrgTree.LoadAsync(db, ct)).Find(Input.Unit.Trim(), clock.GetUtcNow())?.Id;
            if (unit is null) Faults.Add("roles.fault.UnknownUnit");
        }
        DateTimeOffset? until = null;
        if (!string.IsNullOrWhiteSpace(Input.Until))
        {
            // The whole last day, as people here count days.
            until = VietnamTime.ReadDay(Input.Until)?.AddDays(1);
            if (until is null) Faults.Add("roles.fault.TimeDoesNotFit");
        }
        return HasFault ? null : new RoleGift(role, Input.Reason ?? "") { Mail = Input.Mail?.Trim(), UnitId = unit, ValidUntil = until };
    }
}

/// <param name="Unit">Code of the agency.</param>
/// <param name="Until">Last day, <c>yyyy-MM-dd</c>; nothing for as long as it lasts.</param>
public sealed record GiveForm(AdminRole? Role, string? Mail, string? Unit, string? Until, string? Reason);
