using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Server.Login;
using Identity.Server.Oidc.Tokens;
using Identity.Server.Pages.ActingFor;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>What leaves for the application: real values, not the names of permissions. What a statute orders stands apart from what is asked for.</summary>
public sealed class ReleaseModel : LoginPage
{
    public string? AppAgency { get; set; }

    /// <summary>Whose data the page shows; the form brings it back, because somebody else may sign in meanwhile in another tab.</summary>
    public Guid SessionId { get; set; }

    /// <summary>Version of the registration whose words the page shows; the form brings it back, and an answer to other words does not count.</summary>
    public int Version { get; set; }

    /// <summary>In whose name the person goes on; null for themselves.</summary>
    public CapacityRow? ActingFor { get; set; }

    /// <summary>Completes "It needs the following to …", in the language of the page.</summary>
    public string? Purpose { get; set; }

    /// <summary>A statute orders the transfer; the person is told and not asked for agreement.</summary>
    public IReadOnlyList<ReleasedFact> ByLaw { get; set; } = [];

    /// <summary>Comes with the service: agreed to, or the service does without this person.</summary>
    public IReadOnlyList<ReleasedFact> Required { get; set; } = [];

    /// <summary>Offered, never ticked beforehand: silence is not agreement.</summary>
    public IReadOnlyList<ReleasedFact> Optional { get; set; } = [];

    /// <summary>How long the agency uses and keeps what, in its own words.</summary>
    public IReadOnlyList<KeptFor> Kept { get; set; } = [];

    public DateTimeOffset? RememberedUntil { get; set; }

    /// <summary>Nothing here is the person's to decide.</summary>
    public bool OnlyByLaw => ByLaw.Count > 0 && Required.Count + Optional.Count == 0;

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] PersonDirectory people,
        [FromServices] ReleaseMemory memory, [FromServices] AccountNames names, [FromServices] CapacityDirectory capacities, [FromServices] CapacityRows rows, [FromServices] TimeProvider clock)
    {
        var ct = HttpContext.RequestAborted;
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var session = await login.CurrentAsync(HttpContext, ct);
        if (session is null || pending.ReleaseRequired is null || pages.ClientOf(pending) is not { } client) return Redirect(ParkedRequests.ResumeAddress(pending));

        (SessionId, Version) = (session.Id, await memory.VersionShownAsync(client, ct));
        Show(pending, new ReleasedFacts(client, await people.SourcedAsync(session.PersonId, ct), names, pages.Language.Current));
        (AppAgency, Purpose) = (client.Agency.In(pages.Language.Current), client.Purpose?.In(pages.Language.Current));
        if (pending.CapacityAnswer is { } id and not Capacity.SelfId && pending.CapacityAnsweredBy == session.PersonId)
        {
            if (await capacities.FindUsableAsync(session.PersonId, id, client, ct) is not { } capacity) return Redirect(ParkedRequests.ResumeAddress(pending));
            ActingFor = await rows.OfAsync(capacity, null, ct);
        }
        if (client.RememberReleaseDays > 0) RememberedUntil = clock.GetUtcNow().AddDays(client.RememberReleaseDays);
        return Page();
    }

    private void Show(PendingAuthentication pending, ReleasedFacts facts)
    {
        var required = Words(pending.ReleaseRequired);
        facts.WithSources = required.Contains(PrefillClaim.Name);
        ByLaw = facts.Of(required, byLaw: true);
        Required = facts.Of(required, byLaw: false);
        Optional = facts.Of(Words(pending.ReleaseOptional), byLaw: false);
        Kept = facts.KeptFor([.. ByLaw, .. Required, .. Optional]);
    }

    private static string[] Words(string? claims) => (claims ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="Shown">A checkbox carries its <see cref="ShownFact.Attribute"/>, never the value itself.</param>
/// <param name="Purpose">What this very attribute is for; null where the page says it for all.</param>
/// <param name="Source">Who vouches for the value; told where a form is filled in with it.</param>
public sealed record ReleasedFact(ShownFact Shown, string? Purpose = null, string? LegalBasis = null, string? Source = null, DateTimeOffset? AsOf = null)
{
    public string Claim => ClaimsRelease.ClaimOf(Shown.Attribute);
}

/// <param name="Attributes">Canonical names of what the words are about.</param>
public sealed record KeptFor(IReadOnlyList<string> Attributes, string Words);
