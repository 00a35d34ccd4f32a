using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Domain.Administration;

/// <summary>At a visit: whatever waited for the official mailbox of this person becomes theirs.</summary>
public sealed class Arrivals(RoleBook roles, ApplicationTeam teams, PersonDirectory people, ClientRegistry registry)
{
    public async Task TakeUpAsync(Guid personId, CancellationToken ct)
    {
        var mails = await OfficialMailsAsync(personId, ct);
        await roles.TakeUpAsync(personId, mails, ct);
        await teams.TakeUpAsync(personId, mails, ct);
    }

    /// <summary>An address counts only from a connector of official mail: anybody can write one into a profile.</summary>
    private async Task<IReadOnlyList<string>> OfficialMailsAsync(Guid person, CancellationToken ct) =>
        (await people.SourcedAsync(person, ct)).TryGetValue(AttributeNames.Email, out var mail) && registry.FindConnector(mail.Source)?.Kind == ConnectorKind.OfficialMail ? [mail.Value] : [];
}
