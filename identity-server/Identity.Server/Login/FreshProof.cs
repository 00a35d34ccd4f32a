using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Http;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Login;

/// <summary>
/// For what a passer-by at an open browser, or the thief of a weak door, must not do: the person has to have proved themselves a moment
/// ago, and as well as they ever did.
/// </summary>
public sealed class FreshProof(ParkedRequests parked, PersonDirectory people, TimeProvider clock)
{
    public static TimeSpan Lifetime { get; } = new LinkPolicy(ProofingLevel.SelfAsserted).ProofLifetime;

    /// <summary>Does the work, or leads to the proof first and then back to <paramref name="returnTo"/>, a page of ours.</summary>
    public async Task<IActionResult> RequireAsync(HttpContext http, Session session, string returnTo, Func<Task<IActionResult>> work)
    {
        if (await IsGivenAsync(session, http.RequestAborted)) return await work();
        var pending = await parked.ParkLinkingAsync(http, session.PersonId, returnTo);
        http.SeeOther(LoginAddress.Chooser(pending.Id));
        return new EmptyResult();
    }

    public async Task<bool> IsGivenAsync(Session session, CancellationToken ct) =>
        clock.GetUtcNow() - session.Context().PresentAt <= Lifetime && session.Proofing >= await people.BestProofingAsync(session.PersonId, ct);
}
