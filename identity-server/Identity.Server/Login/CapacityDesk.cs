using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Sessions;

namespace Identity.Server.Login;

/// <summary>Finds out as whom a request is answered, and writes down that it was. Applications that take citizens only cost no look-up.</summary>
public sealed class CapacityDesk(CapacityDirectory capacities, SessionStore sessions, MandateOffice mandates)
{
    public async Task<CapacityChoice> ReadAsync(Client client, Session session, PendingAuthentication? pending, CapacityWish wish, bool isSwitching, CancellationToken ct)
    {
        if (client.AcceptsOnlyCitizens) return CapacityChoice.Only(Capacity.Self(session.PersonId));
        var situation = await capacities.SituationAsync(session.PersonId, client, ct);
        var answered = pending?.CapacityAnsweredBy == session.PersonId ? pending.CapacityAnswer : null;
        return CapacityChoice.Decide(situation, wish, answered, await sessions.CapacityAsync(session.Id, client.ClientId, ct), isSwitching);
    }

    /// <summary>Before the code goes out: the session remembers the choice, and the right remembers that it was used.</summary>
    public async Task UseAsync(Client client, Session session, Capacity capacity, CancellationToken ct)
    {
        if (client.AcceptsOnlyCitizens) return;
        await sessions.RememberCapacityAsync(session.Id, client.ClientId, capacity.Id, ct);
        if (!capacity.IsSelf) await mandates.NoteUseAsync(capacity, session.PersonId, client.ClientId, ct);
    }
}
