using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Failures;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>"Why can they not sign in?": the code that somebody reads out, told as steps, and whose turn it is. Holds nobody, so every desk may ask.</summary>
[Needs(Permission.LookUpPeople)]
public sealed class FailureModel : DeskPage
{
    public string? Code { get; set; }

    public FailureReport? Report { get; set; }

    public override string? FieldOf(string fault) => "code";

    public async Task OnGetAsync([FromQuery] string? code, [FromServices] FailureTimeline timeline, CancellationToken ct)
    {
        Code = code?.Trim();
        if (string.IsNullOrEmpty(Code)) return;
        Report = Code.Length <= 40 ? await timeline.LookUpAsync(Code, ct) : null;
        if (Report is null) Faults.Add(FailureTimeline.Canonical(Code) is null ? "fail.fault.shape" : "fail.fault.unknown");
    }
}
