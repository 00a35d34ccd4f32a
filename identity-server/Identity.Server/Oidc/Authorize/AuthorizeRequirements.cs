using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Server.Login;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Authorize;

/// <summary>What an authorization request needs from the sign-in, in the words of the journey: the stricter of the registration and the request.</summary>
public sealed class AuthorizeRequirements(SubjectLedger subjects, PersonDirectory people, ClaimsRelease release, CapacityDesk capacities, TimeProvider clock)
{
    /// <summary>Null when the request insists on somebody whom nobody knows.</summary>
    public async Task<LoginRequirements?> OfAsync(AuthorizeRequest request, SignedIn? signedIn, PendingAuthentication? pending, CancellationToken ct)
    {
        if (await InsistedOnAsync(request, ct) is not var (required, party)) return null;
        var attributes = signedIn is null ? null : people.Open(signedIn.Session.PersonId, signedIn.Attributes);
        var assurance = AssuranceOf(request);
        return new LoginRequirements(request.Client, assurance, pending?.CreatedAt ?? clock.GetUtcNow())
        {
            // OpenID Connect Core §3.1.2.1: max_age=0 is prompt=login.
            ForceLogin = request.HasPrompt("login") || assurance.MaxAge == TimeSpan.Zero,
            SelectAccount = request.HasPrompt("select_account"),
            RequiredPerson = required,
            RequiredParty = party,
            Capacity = signedIn is null ? null
                : await capacities.ReadAsync(request.Client, signedIn.Session, pending, new(request.WantedCapacity, party), request.HasPrompt("select_account"), ct),
            Release = attributes is null ? ReleaseRequest.Nothing
                : release.Describe(request.Client, request.Scopes, request.Claims, attributes, request.HasPrompt("consent")),
        };
    }

    private static AssuranceRequirement AssuranceOf(AuthorizeRequest request)
    {
        var client = request.Client;
        // acr_values is a wish (OpenID Connect Core §3.1.2.1); only an essential claim insists (§5.5.1.1).
        var acr = request.Claims.IdToken.GetValueOrDefault("acr");
        var essentialLevel = acr is { Essential: true, Values.Count: > 0 } ? AcrValues.LowestRequested(acr.Values) ?? int.MaxValue : 0;
        var maxAge = request.MaxAge < client.SessionMaxAge ? request.MaxAge : client.SessionMaxAge ?? request.MaxAge;
        return new(Math.Max(client.MinimumAcrLevel, essentialLevel), maxAge, client.MinimumProofing);
    }

    /// <summary>Whom the request insists on: the human, and the party they are to act for. Null when an identifier is nobody's here.</summary>
    private async Task<(Guid? Person, Guid? Party)?> InsistedOnAsync(AuthorizeRequest request, CancellationToken ct)
    {
        if (request.RequiredSubject is not { } subject) return (null, null);
        var person = await subjects.PersonOfAsync(subject, request.Client, ct);
        if ((person ?? await subjects.PartyOfAsync(subject, request.Client, ct)) is not { } party) return null;
        if (request.RequiredActor is not { } actor) return (person, party);
        return await subjects.PersonOfAsync(actor, request.Client, ct) is { } human ? (human, party) : null;
    }
}
