using System.Globalization;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Server.Account;
using Identity.Server.Pages.ActingFor;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Offers somebody a mandate or a standing as an employee. The code is shown once, on the answer to this form, and goes by word of mouth.</summary>
public sealed class InviteModel : AccountPage
{
    private const int LongestName = 200;
    private const int LongestPosition = 100;

    public string From { get; set; } = "";

    /// <summary>In whose name the right will be used.</summary>
    public CapacityRow? Source { get; set; }

    public IReadOnlyList<OfferedService> Services { get; set; } = [];

    /// <summary>A business may also name somebody as an employee.</summary>
    public bool CanEmploy { get; set; }

    public string InvitedName { get; set; } = "";
    public string Position { get; set; } = "";
    public string Until { get; set; } = "";
    public InviteFault? Fault { get; set; }

    /// <summary>Set when the invitation is out.</summary>
    public string? Code { get; set; }

    public DateTimeOffset? CodeUntil { get; set; }

    public override bool ShowsOnce => Code is not null;

    public Task<IActionResult> OnGetAsync(string? from, [FromServices] AccountDoor door, [FromServices] ActingForRecord record, [FromServices] ClientRegistry registry,
        [FromServices] TimeProvider clock, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            if (!await ShowAsync(session.PersonId, from, record, registry, ct)) return Redirect("/account/acting-for");
            Until = clock.GetUtcNow().AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromForm] InviteForm sent, [FromServices] AccountDoor door, [FromServices] ActingForRecord record, [FromServices] ClientRegistry registry,
        [FromServices] InvitationDesk desk, [FromServices] TimeProvider clock, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            if (!await ShowAsync(session.PersonId, sent.From, record, registry, ct)) return Redirect("/account/acting-for");
            (InvitedName, Position, Until) = (sent.Name?.Trim() ?? "", sent.Position?.Trim() ?? "", sent.Until ?? "");
            LanguagePath = "/account/acting-for";
            var employs = sent.Kind == InvitationKind.Employee && CanEmploy;
            var services = Services.Select(s => s.ClientId).Intersect(sent.Services ?? []).ToList();
            if (FaultOf(services, employs, clock.GetUtcNow(), out var end) is { } fault) return Refuse(fault);
            var draft = Draft(session.PersonId, employs, services, sent.MayPassOn, end, clock.GetUtcNow(), InvitationDesk.Lifetime(registry.Policies.Review));
            (Code, var why) = await desk.InviteAsync(draft, InvitedName, ct);
            if (why is not null) return Refuse(why == MandateFault.Duration ? InviteFault.Until : InviteFault.NotHeld);
            CodeUntil = draft.ExpiresAt;
            return Page();
        });

    private async Task<bool> ShowAsync(Guid personId, string? from, ActingForRecord record, ClientRegistry registry, CancellationToken ct)
    {
        if (await record.FindSourceAsync(personId, from, ct) is not { } source) return false;
        (From, Source, CanEmploy) = (source.Id, source, source.Kind == CapacityKind.Representative);
        Services = record.Services(registry.Document.Clients);
        return true;
    }

    private InviteFault? FaultOf(List<string> services, bool employs, DateTimeOffset now, out DateTimeOffset end)
    {
        var isDate = DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        // The day named is the last one, in Vietnam's time.
        end = isDate ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(7)) : now;
        if (InvitedName.Length is 0 or > LongestName || Position.Length > LongestPosition) return InviteFault.Name;
        if (!employs && services.Count == 0) return InviteFault.Services;
        return end <= now || end - now > MandateRules.MaximumDuration ? InviteFault.Until : null;
    }

    private Invitation Draft(Guid inviter, bool employs, List<string> services, bool mayPassOn, DateTimeOffset end, DateTimeOffset now, TimeSpan lifetime) => new()
    {
        Kind = employs ? InvitationKind.Employee : InvitationKind.Mandate,
        InviterId = inviter,
        FromCapacity = From,
        Position = Position.Length > 0 ? Position : null,
        Services = employs ? null : string.Join(' ', services),
        FurtherSteps = !employs && mayPassOn ? 1 : 0,
        ValidFrom = now,
        ValidTo = end,
        CreatedAt = now,
        ExpiresAt = now + lifetime,
    };

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refuse(InviteFault fault)
    {
        (Fault, HasFault) = (fault, true);
        return Page();
    }
}

/// <summary>What the form brings; nothing of it is trusted.</summary>
public sealed class InviteForm
{
    public string? From { get; set; }
    public InvitationKind Kind { get; set; }
    public string? Name { get; set; }
    public string? Position { get; set; }
    public string[]? Services { get; set; }
    public string? Until { get; set; }
    public bool MayPassOn { get; set; }
}

public sealed record OfferedService(string ClientId, string Name);

public enum InviteFault
{
    Name,
    Services,
    Until,

    /// <summary>The reader no longer has what they wanted to give.</summary>
    NotHeld,
}
