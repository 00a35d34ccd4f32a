using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>Decisions of the last thirty days, latest first.</summary>
[Needs(Permission.DecideConflicts)]
public sealed class DecidedConflictsModel : DeskPage
{
    /// <summary>Reference code to look for, as it was typed.</summary>
    [FromQuery(Name = "code")] public string? Code { get; set; }

    public DecidedPage Shown { get; private set; } = new([], null);

    public async Task OnGetAsync([FromQuery] string? after, [FromServices] DecidedConflicts decided, CancellationToken ct) => Shown = await decided.ListAsync(Actor, Code, DecidedMark.Read(after), ct);
}
