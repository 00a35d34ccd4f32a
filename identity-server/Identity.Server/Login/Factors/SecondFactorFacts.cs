using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Factors;
using Identity.Domain.Sessions;

namespace Identity.Server.Login.Factors;

/// <summary>What the journey needs to know about a person's own methods, read only when something is missing: a request with a session that is good enough costs nothing more.</summary>
public sealed class SecondFactorFacts(PersonFactors factors, FactorReminders reminders)
{
    public async Task<OwnMethods> OfAsync(LoginRequirements needs, Session? session, CancellationToken ct) =>
        session is null || AssurancePolicy.Missing(session.Context(), needs.Effective, needs.RequestedAt) == MissingAssurance.None
            ? OwnMethods.None
            : await factors.OfAsync(session.PersonId, ct);

    /// <summary>Only after a sign-in that this very request led to; counted at once, so that the page comes once and the request goes on.</summary>
    public async Task<ReminderKind?> SuggestAsync(Client client, PendingAuthentication? pending, Session session, CancellationToken ct)
    {
        if (pending is null || pending.SessionId != session.Id) return null;
        if (await reminders.DueAsync(session.PersonId, client, ct) is not { } due) return null;
        await reminders.CountAsync(session.PersonId, due, ct);
        return due;
    }
}
