using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Server.MailOut;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login.Factors;

/// <summary>What the journey and its pages need to know about a person's own methods.</summary>
public sealed class SecondFactorFacts(PersonFactors factors, FactorReminders reminders, IOptions<MailOptions> mail, IOptions<LoginOptions> login, ClientRegistry registry)
{
    /// <summary>Read only when something is missing: a request with a session that is good enough costs nothing more.</summary>
    public async Task<OwnMethods> OfAsync(LoginRequirements needs, Session? session, CancellationToken ct) =>
        session is null || AssurancePolicy.Missing(session.Context(), needs.Effective, needs.RequestedAt) == MissingAssurance.None
            ? OwnMethods.None
            : await OfAsync(session, ct);

    /// <summary>Without a relay no code would ever arrive, so none is offered.</summary>
    public async Task<OwnMethods> OfAsync(Session session, CancellationToken ct)
    {
        var own = await factors.OfAsync(session, ct);
        return own with { MailedCode = own.MailedCode && mail.Value.IsConfigured && (registry.Policies.SignIn.MailedCodes ?? login.Value.MailedCodes) };
    }

    /// <summary>What the parked request can still be brought to in this session.</summary>
    public async Task<StepUpPlan> PlanAsync(PendingAuthentication pending, Session session, CancellationToken ct) =>
        StepUpPlan.For(session.Context(), ParkedRequests.RequirementOf(pending), pending.CreatedAt, await OfAsync(session, ct));

    /// <summary>
    /// Only after a sign-in that this very request led to, and not when a method was set up on its way: who has just done that has done enough
    /// for one visit. Counted at once, so that the page comes once and the request goes on.
    /// </summary>
    public async Task<ReminderKind?> SuggestAsync(Client client, PendingAuthentication? pending, Session session, CancellationToken ct)
    {
        if (pending is null || pending.SessionId != session.Id) return null;
        if (await reminders.DueAsync(session.PersonId, client, ct) is not { } due) return null;
        if (await factors.HasAddedSinceAsync(session.PersonId, pending.CreatedAt, ct)) return null;
        await reminders.CountAsync(session.PersonId, due, ct);
        return due;
    }
}
