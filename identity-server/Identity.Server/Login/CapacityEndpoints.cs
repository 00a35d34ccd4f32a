using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Identity.Server.Http;

namespace Identity.Server.Login;

/// <summary>For whom the person acts: the answer of the chooser, and "ask the register again".</summary>
internal static class CapacityEndpoints
{
    public const string Page = "acting-for";
    public const string MissingPage = "acting-for/missing";
    private const string Fault = "?fault=true";

    public static async Task ChooseAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, CapacityDirectory capacities,
        ClientRegistry registry, AuditTrail trail, IdentityDb db, TimeProvider clock)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var session = await login.CurrentAsync(http, http.RequestAborted);
        // Only who saw the page can answer it; anybody else is asked anew (L13).
        if (session is null || form["session"] != session.Id.ToString() || registry.FindClient(pending.ClientId) is not { } client)
        {
            http.SeeOther(ParkedRequests.ResumeAddress(pending));
            return;
        }
        // Judged again: what the form names may be forged, somebody else's, or gone since the page was shown.
        if (form["capacity"] is not [{ Length: > 0 } id] || await capacities.FindUsableAsync(session.PersonId, id, client, http.RequestAborted) is not { } capacity)
        {
            pending.Reach(SignInStep.Persona, clock.GetUtcNow(), "none_chosen");
            await db.SaveChangesAsync(http.RequestAborted);
            http.SeeOther(LoginAddress.Page(request, Page) + Fault);
            return;
        }
        ParkedRequests.Settle(pending, capacity, session.PersonId);
        // Its kind alone: for whom stands in the trail.
        pending.Reach(SignInStep.Persona, clock.GetUtcNow(), capacity.Kind.ToString());
        trail.Add("capacity.chosen", personId: session.PersonId, clientId: client.ClientId, sessionId: session.Id, detail: $"{capacity.Id} for {capacity.Party}");
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(ParkedRequests.ResumeAddress(pending));
    }

    public static async Task RetryAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        if (await login.CurrentAsync(http, http.RequestAborted) is not { } session)
        {
            http.SeeOther(ParkedRequests.ResumeAddress(pending));
            return;
        }
        var ask = http.RequestServices.GetService<AskRegisters>();
        var reached = ask is null || await ask(session.PersonId, http.RequestAborted);
        // Through the journey, not to the page: what the register answered may leave nothing to ask.
        http.SeeOther(reached ? ParkedRequests.ResumeAddress(pending) : LoginAddress.Page(request, MissingPage) + "?unreachable=true");
    }
}
