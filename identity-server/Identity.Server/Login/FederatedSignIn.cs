using System.Text.Json;
using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Failures;
using Identity.Domain.Grants;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Organisations;
using Identity.Server.Pages.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>
/// The second half of a federated sign-in: what the connector proved becomes a person and a session. The proof waits sealed in the
/// parked request, so that whichever node the browser reaches next can go on.
/// </summary>
public sealed class FederatedSignIn(IdentityDb db, PersonDirectory people, PersonalDataVault vault, PendingAuthenticationStore pendings,
    LoginSession login, LoginProblems problems, ClientRegistry registry, SignInAftermath aftermath, TimeProvider clock)
{
    /// <summary>A person is made only from a proof that somebody stands behind; for a civil servant that is the agency that gave the mailbox.</summary>
    private static LinkPolicy PolicyFor(ConnectorRegistration row) =>
        new(row.Kind == ConnectorKind.OfficialMail ? ProofingLevel.MailOnly : ProofingLevel.Level01);

    public void Keep(PendingAuthentication pending, ExternalIdentity identity) =>
        pending.SealedIdentity = vault.Seal(VaultPurpose.PendingIdentity, pending.Id, JsonSerializer.Serialize(identity));

    public ExternalIdentity? Peek(PendingAuthentication pending) => pending.SealedIdentity is { } box ? Open(pending, box) : null;

    /// <summary>Decides about the waiting proof. <paramref name="confirmed"/>: the person has said "yes, this is me" to becoming known here.</summary>
    public async Task<FederatedOutcome> EnterAsync(HttpContext http, PendingAuthentication pending, bool confirmed, CancellationToken ct)
    {
        if (Peek(pending) is not { } external) return new FederatedOutcome.Nothing();
        if (registry.FindConnector(external.Connector) is not { } row) return await RefuseAsync(pending, external, ProblemKind.Unreachable, "the connector was removed", ct);
        if (row.Kind == ConnectorKind.OfficialMail && !MailDoor.IsOwnAddress(row, external))
            return await RefuseAsync(pending, external, ProblemKind.ForeignMailbox, "an address outside the connector's domains, or none", ct);
        var capped = AssurancePolicy.Cap(external, row.Assurance);
        try
        {
            return await DecideAsync(http, pending, capped, AssurancePolicy.Judge(external, row.Assurance), PolicyFor(row), confirmed, ct);
        }
        catch (DbUpdateException)
        {
            // Two tabs made the same link at the same moment; the loser now finds it made.
            db.ChangeTracker.Clear();
            // After a crash of PostgreSQL the parked request itself is gone.
            if (await db.PendingAuthentications.SingleOrDefaultAsync(p => p.Id == pending.Id, ct) is not { } again) return new FederatedOutcome.Nothing();
            Keep(again, external);
            return await DecideAsync(http, again, capped, AssurancePolicy.Judge(external, row.Assurance), PolicyFor(row), confirmed, ct);
        }
    }

    private async Task<FederatedOutcome> DecideAsync(HttpContext http, PendingAuthentication pending, ExternalIdentity external, AuthenticationContext authentication, LinkPolicy policy, bool confirmed, CancellationToken ct)
    {
        switch (IdentityLinker.Decide(await people.GatherAsync(external, ct), policy))
        {
            case LinkDecision.SignIn { PersonId: var id, AddLink: var addLink }:
                return await StartAsync(http, pending, external, authentication, async () => (await people.EnterAsync(id, external, addLink, reopen: false, ct)).Id, ct);
            case LinkDecision.ReopenPerson { PersonId: var id, AddLink: var addLink }:
                return await StartAsync(http, pending, external, authentication, async () => (await people.EnterAsync(id, external, addLink, reopen: true, ct)).Id, ct);
            case LinkDecision.CreatePerson when !confirmed:
                return new FederatedOutcome.MustConfirm();
            case LinkDecision.CreatePerson:
                return await StartAsync(http, pending, external, authentication, () => Task.FromResult(people.Create(external).Id), ct);
            case LinkDecision.ConfirmOwnership:
                return await RefuseAsync(pending, external, ProblemKind.OwnershipUnproved, "same number, proofs too weak to join", ct);
            case LinkDecision.Refuse { Why: var why }:
                return await RefuseAsync(pending, external, ProblemOf(why, external), why.ToString(), ct);
            default:
                throw new InvalidOperationException("A link decision is one of its cases.");
        }
    }

    private async Task<FederatedOutcome> StartAsync(HttpContext http, PendingAuthentication pending, ExternalIdentity external, AuthenticationContext authentication, Func<Task<Guid>> enter, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever takes the proof out starts the one session that it is good for.
        if (await pendings.TakeIdentityAsync(pending, ct) is null) return new FederatedOutcome.Nothing();
        var personId = await enter();
        pending.Reach(SignInStep.Linked, clock.GetUtcNow());
        var (session, secret) = await login.StartAsync(http, personId, authentication, ct);
        pending.SessionId = session.Id;
        pending.Reach(SignInStep.SignedIn, clock.GetUtcNow());
        pending.SealedIdentity = null;
        pending.Problem = null;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await transaction.DisposeAsync();
        await aftermath.FollowAsync(personId, external, ct);
        return new FederatedOutcome.SignedIn(session, secret);
    }

    private async Task<FederatedOutcome> RefuseAsync(PendingAuthentication pending, ExternalIdentity external, ProblemKind problem, string detail, CancellationToken ct)
    {
        pending.SealedIdentity = null;
        problems.Note(pending, "signin.refused", problem, external.Connector, detail, SignInStep.Linked);
        await db.SaveChangesAsync(ct);
        return new FederatedOutcome.Refused();
    }

    private ProblemKind ProblemOf(LinkRefusal why, ExternalIdentity external) => why switch
    {
        // What a mail provider calls an organisation's account is the mailbox of an office.
        LinkRefusal.OrganisationAccount when registry.FindConnector(external.Connector)?.Kind == ConnectorKind.OfficialMail => ProblemKind.SharedMailbox,
        LinkRefusal.OrganisationAccount => ProblemKind.OrganisationAccount,
        LinkRefusal.LinkFrozen => ProblemKind.LinkFrozen,
        LinkRefusal.AssuranceTooLow => ProblemKind.LevelTooLow,
        LinkRefusal.PersonSuspended or LinkRefusal.PersonClosed => ProblemKind.Suspended,
        LinkRefusal.PersonDeceased => ProblemKind.Deceased,
        LinkRefusal.ProofNotFresh or LinkRefusal.ProofTooWeak => ProblemKind.OwnershipUnproved,
        _ => ProblemKind.NumberConflict,
    };

    private ExternalIdentity Open(PendingAuthentication pending, string box) =>
        JsonSerializer.Deserialize<ExternalIdentity>(vault.Open(VaultPurpose.PendingIdentity, pending.Id, box))!;
}

public abstract record FederatedOutcome
{
    private FederatedOutcome() { }
    public sealed record SignedIn(Session Session, BearerSecret Secret) : FederatedOutcome;

    /// <summary>Somebody new: the page "is this you?" comes first.</summary>
    public sealed record MustConfirm : FederatedOutcome;

    /// <summary>The problem page says why.</summary>
    public sealed record Refused : FederatedOutcome;

    /// <summary>No proof is waiting: it was used, or never came.</summary>
    public sealed record Nothing : FederatedOutcome;
}
