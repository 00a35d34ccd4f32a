using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Applications;

/// <summary>
/// The owners' answer to the yearly question. A human being gives it, and an owner: the management API has no way to it. Nothing is
/// switched off by silence, and by the answer "not any more" only after a second person has looked.
/// </summary>
public sealed class ApplicationConfirmations(ApplicationAccess access, ClientDocuments documents, ConfigurationProposals proposals, AuditTrail audit, IOptions<ConfirmationOptions> options, TimeProvider clock)
{
    /// <summary>Still in use, by these owners and with this contact. Takes back what was asked for when somebody thought otherwise.</summary>
    public Task<ApplicationOutcome> ConfirmAsync(AdminActor actor, Guid id, string contact, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
    {
        var (application, now) = (reached.Application, clock.GetUtcNow());
        if (contact.Length is 0 or > ProductionRequests.LongestContact) return ApplicationRefusal.ContactIsWrong;
        var closing = await proposals.FindOpenAsync(application.ClosingProposalId, ct);
        // Also the second of two owners who press at once.
        if (closing is null && !application.IsToBeConfirmed(now)) return ApplicationRefusal.NothingToConfirm;
        if (closing is not null && !await proposals.TakeBackAsync(actor, closing, ct)) return ApplicationRefusal.ChangedMeanwhile;
        var sameContact = application.Contact is null || application.Contact == contact;
        (application.Contact, application.ConfirmedAt, application.ConfirmedBy, application.ConfirmationDueAt, application.ClosingProposalId) = (contact, now, actor.Name, now + options.Value.Every, null);
        audit.Add("application.confirmed", personId: actor.PersonId, clientId: application.ProductionClientId, detail: $"{id} until {application.ConfirmationDueAt:yyyy-MM-dd}{(sameContact ? "" : ", another contact")}");
        return new ApplicationOutcome.Done(id);
    }, ct);

    /// <summary>Not in use any more: production is proposed to be switched off, and somebody who may decide about the configuration does it.</summary>
    public Task<ApplicationOutcome> AskClosingAsync(AdminActor actor, Guid id, string reason, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
    {
        var application = reached.Application;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReviewDesk.LongestText) return ApplicationRefusal.WhyUnusedIsMissing;
        if (await documents.FindAsync(application.ProductionClientId, ct) is not { Client.Enabled: true } live) return ApplicationRefusal.NotInProduction;
        if (await proposals.FindOpenAsync(application.ClosingProposalId, ct) is not null) return ApplicationRefusal.RequestIsOpenAlready;
        application.ClosingProposalId = proposals.AddOfOwner(actor, new ItemKey(ConfigurationStore.ClientKind, live.Client.ClientId), live.Version, ConfigurationWriter.Write(live.Client with { Enabled = false }), reason).Id;
        audit.Add("application.closing_asked", personId: actor.PersonId, clientId: live.Client.ClientId, detail: $"{id} proposal {application.ClosingProposalId}");
        return new ApplicationOutcome.Done(id);
    }, ct);
}
