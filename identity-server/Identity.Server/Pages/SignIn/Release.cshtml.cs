using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Identity.Server.Oidc.Tokens;
using Identity.Server.Pages.ActingFor;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>What leaves for the application: real values, not the names of permissions.</summary>
public sealed class ReleaseModel : LoginPage
{
    public ReleaseMode Mode { get; set; }
    public string? AppAgency { get; set; }

    /// <summary>Whose data the page shows; the form brings it back, because somebody else may sign in meanwhile in another tab.</summary>
    public Guid SessionId { get; set; }

    /// <summary>In whose name the person goes on; null for themselves.</summary>
    public CapacityRow? ActingFor { get; set; }

    /// <summary>Completes "It needs the following to …", in the language of the page.</summary>
    public string? Purpose { get; set; }

    public IReadOnlyList<ShownFact> Required { get; set; } = [];

    /// <summary>Offered, never ticked beforehand: silence is not agreement.</summary>
    public IReadOnlyList<OptionalRelease> Optional { get; set; } = [];

    /// <summary>How long the agency uses and keeps it, in its own words.</summary>
    public string? KeptFor { get; set; }

    public DateTimeOffset? RememberedUntil { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] PersonDirectory people,
        [FromServices] CapacityDirectory capacities, [FromServices] CapacityRows rows, [FromServices] TimeProvider clock)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var session = await login.CurrentAsync(HttpContext, HttpContext.RequestAborted);
        if (session is null || pending.ReleaseRequired is null || pages.ClientOf(pending) is not { } client) return Redirect(ParkedRequests.ResumeAddress(pending));

        SessionId = session.Id;
        Show(pending, client, await people.AttributesAsync(session.PersonId, HttpContext.RequestAborted), pages.Language.Current);
        if (pending.CapacityAnswer is { } id and not Capacity.SelfId && pending.CapacityAnsweredBy == session.PersonId)
        {
            if (await capacities.FindUsableAsync(session.PersonId, id, client, HttpContext.RequestAborted) is not { } capacity) return Redirect(ParkedRequests.ResumeAddress(pending));
            ActingFor = await rows.OfAsync(capacity, null, HttpContext.RequestAborted);
        }
        if (client.RememberReleaseDays > 0) RememberedUntil = clock.GetUtcNow().AddDays(client.RememberReleaseDays);
        return Page();
    }

    private void Show(PendingAuthentication pending, Client client, IReadOnlyDictionary<string, string> attributes, string language)
    {
        Mode = client.DataRelease == DataRelease.Notice ? ReleaseMode.Notice : ReleaseMode.Consent;
        AppAgency = client.Agency.In(language);
        Purpose = client.Purpose?.In(language);
        Required = Facts(pending.ReleaseRequired, attributes);
        Optional = [.. Facts(pending.ReleaseOptional, attributes).Select(fact => new OptionalRelease(fact))];
    }

    private static List<ShownFact> Facts(string? claims, IReadOnlyDictionary<string, string> attributes) =>
    [
        .. (claims ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(claim => ClaimsRelease.ValueOf(claim, attributes) is not null)
            .Select(claim => new ShownFact(claim == "vn_pin" ? AttributeNames.PersonalNumber : claim, ClaimsRelease.ValueOf(claim, attributes)!)),
    ];
}

public enum ReleaseMode
{
    /// <summary>A statute orders the transfer; the person is told and not asked for agreement.</summary>
    Notice,
    Consent,
}

/// <param name="Value">The checkbox carries its <see cref="ShownFact.Attribute"/>, never the value itself.</param>
public sealed record OptionalRelease(ShownFact Value, string? Reason = null);
