using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Applications;

/// <summary>The owners' side of the way into production: ask, withdraw, and after the review press the button.</summary>
public sealed class ProductionRequests(IdentityDb db, ApplicationAccess access, ApplicationTeam team, ProductionProposals proposals, AuditTrail audit, IOptions<ReviewOptions> options, IOptions<ConfirmationOptions> confirmation, ClientRegistry registry)
{
    /// <summary>One line: mail or telephone.</summary>
    public const int LongestContact = 200;

    public Task<ApplicationOutcome> AskAsync(AdminActor actor, Guid id, ProductionWish wish, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
    {
        var application = reached.Application;
        if (wish.Contact.Length == 0) return ApplicationRefusal.ContactIsMissing;
        if (wish.Contact.Length > LongestContact) return ApplicationRefusal.ContactIsWrong;
        if (await db.ProductionRequests.AnyAsync(r => r.ApplicationId == id && (r.State == RequestState.Open || r.State == RequestState.Approved), ct)) return ApplicationRefusal.RequestIsOpenAlready;
        var made = wish.Key is { Source: KeySource.Made } ? NewKeys.Make() : null;
        var key = made is null ? wish.Key?.Read() : new ProductionKey(made.Jwks, null);
        if (await proposals.MakeAsync(application, wish.Addresses, key, ct) is not { } proposal) return ApplicationRefusal.NotThere;
        if (proposal.NeedsKey && key is null) return ApplicationRefusal.KeyOfItsOwnIsMissing;
        if (proposal.SharesKey) return ApplicationRefusal.KeyIsShared;
        if (proposal.Problems.Count > 0) return new ApplicationOutcome.Unsound(proposal.Problems);
        if (GoLiveChecklist.Of(application, proposal.Client, await team.KnownOwnersAsync(id, ct)).Any(item => item.Holds == false)) return ApplicationRefusal.ChecklistIsOpen;
        if (proposal.Live is { } live && ProductionCopy.Text(live) == ProductionCopy.Text(proposal.Client)) return ApplicationRefusal.NothingToChange;
        var now = proposals.Now;
        var request = new ProductionRequest
        {
            ApplicationId = id, RequestedBy = actor.Holder, ServiceAccount = actor.ServiceAccount, RequestedAt = now, DueAt = options.Value.DueFrom(now, registry.Policies.Review), SandboxVersion = proposal.SandboxVersion, ClientId = proposal.Client.ClientId,
            ProposalDigest = proposal.Digest, RedirectUris = string.Join('\n', wish.Addresses.RedirectUris), PostLogoutRedirectUris = string.Join('\n', wish.Addresses.PostLogoutRedirectUris),
            BackchannelLogoutUri = wish.Addresses.BackchannelLogoutUri, InitiateLoginUri = wish.Addresses.InitiateLoginUri, Contact = wish.Contact,
            Jwks = proposal.NeedsKey ? key?.Jwks?.GetRawText() : null, JwksUri = proposal.NeedsKey ? key?.JwksUri : null,
        };
        db.ProductionRequests.Add(request);
        application.State = ApplicationState.InReview;
        audit.Add("application.production_requested", personId: actor.Human, clientId: application.SandboxClientId, detail: $"{id} request {request.Id} version {proposal.SandboxVersion}");
        return new ApplicationOutcome.Done(id, proposal.NeedsKey ? made?.Private : null);
    }, ct);

    public Task<ApplicationOutcome> WithdrawAsync(AdminActor actor, Guid id, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
    {
        if (await proposals.PendingAsync(id, ct) is not { } request) return ApplicationRefusal.NoOpenRequest;
        request.State = RequestState.Withdrawn;
        reached.Application.State = reached.Application.ProductionClientId is null ? ApplicationState.Sandbox : ApplicationState.Live;
        audit.Add("application.request_withdrawn", personId: actor.Human, clientId: reached.Application.SandboxClientId, detail: $"{id} request {request.Id}");
        return new ApplicationOutcome.Done(id);
    }, ct);

    /// <summary>Writes exactly what was judged. Whatever else has changed since sends it back for another look.</summary>
    public Task<ApplicationOutcome> GoLiveAsync(AdminActor actor, Guid id, ReadRequest read, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
    {
        var application = reached.Application;
        if (await proposals.PendingAsync(id, ct) is not { State: RequestState.Approved } request) return ApplicationRefusal.NoOpenRequest;
        if (await team.KnownOwnersAsync(id, ct) < ApplicationTeam.FewestOwners) return ApplicationRefusal.ChecklistIsOpen;
        if (await proposals.OfAsync(application, request, ct) is not { } proposal) return ApplicationRefusal.NotThere;
        if (read != ReadRequest.Of(request, proposal)) return ApplicationRefusal.IsNotWhatWasRead;
        if (read.Digest != request.ProposalDigest) return ApplicationRefusal.ProductionChangedMeanwhile;
        if (proposal.SharesKey) return ApplicationRefusal.KeyIsShared;
        var secret = ClientDefaults.NeedsSecret(application.Kind) && proposal.UsesSecret && proposal.Client.Secrets.Count == 0 ? BearerSecret.New().Value : null;
        if (await proposals.WriteAsync(proposal, secret, actor, ct) is { } problem) return problem;
        request.State = RequestState.Live;
        (application.ProductionClientId, application.State) = (request.ClientId, ApplicationState.Live);
        // Owners, contact and use have just been looked at by two people.
        (application.Contact, application.ConfirmationDueAt) = (request.Contact, proposals.Now + confirmation.Value.Every);
        audit.Add("application.live", personId: actor.Human, clientId: request.ClientId, detail: $"{id} request {request.Id}");
        return new ApplicationOutcome.Done(id, secret);
    }, ct);
}

public sealed record ProductionWish(ProductionAddresses Addresses, string Contact)
{
    /// <summary>For the first time, when the application proves itself by a key.</summary>
    public KeyWish? Key { get; init; }
}

/// <param name="Text">What was typed: a JWK or a set, or an address.</param>
public sealed record KeyWish(KeySource Source, string Text = "")
{
    /// <summary>Null when it is not what it is said to be.</summary>
    public ProductionKey? Read() => Source switch
    {
        KeySource.Uploaded => NewKeys.Read(Text) is { } keys ? new(keys.Jwks, null) : null,
        KeySource.Address when Text.Length > 0 => new(null, Text),
        _ => null,
    };
}

public enum KeySource
{
    /// <summary>Here; the private half is shown once.</summary>
    Made,
    Uploaded,
    Address,
}
