using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Failures;
using Identity.Domain.Linking;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Organisations;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Login;

/// <summary>How a judged proof ends: in a session, or in a page that says why not. The ordinary sign-in and the adding of doors share it.</summary>
public sealed class SignInEnds(IdentityDb db, PendingAuthenticationStore pendings, LoginSession login, LoginProblems problems, LinkConflicts conflicts, ClientRegistry registry,
    SignInAftermath aftermath, TimeProvider clock)
{
    public async Task<FederatedOutcome> StartAsync(HttpContext http, PendingAuthentication pending, JudgedProof proof, Func<Task<Guid>> enter, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever takes the proof out starts the one session that it is good for.
        if (await pendings.TakeIdentityAsync(pending, ct) is null) return new FederatedOutcome.Nothing();
        var personId = await enter();
        pending.Reach(SignInStep.Linked, clock.GetUtcNow());
        var (session, secret) = await login.StartAsync(http, personId, proof.Authentication, ct);
        pending.SessionId = session.Id;
        pending.Reach(SignInStep.SignedIn, clock.GetUtcNow());
        pending.SealedIdentity = null;
        pending.Problem = null;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await transaction.DisposeAsync();
        await FollowAsync(personId, proof.Identity, ct);
        return new FederatedOutcome.SignedIn(session, secret);
    }

    /// <summary>What else a proof tells about somebody, once it is theirs: the agency of a mailbox, for one.</summary>
    public Task FollowAsync(Guid personId, ExternalIdentity external, CancellationToken ct) => aftermath.FollowAsync(personId, external, ct);

    /// <summary>What the linker refuses. A conflict leaves a case for the desk; whatever was being added waits no longer.</summary>
    public async Task<FederatedOutcome> RefuseAsync(PendingAuthentication pending, LinkEvidence evidence, LinkRefusal why, CancellationToken ct)
    {
        var external = evidence.External;
        var isMail = registry.FindConnector(external.Connector)?.Kind == ConnectorKind.OfficialMail;
        // What a mail provider calls an organisation's account is the mailbox of an office.
        var problem = isMail && why == LinkRefusal.OrganisationAccount ? ProblemKind.SharedMailbox : ProblemShape.From(why);
        problems.Note(pending, "signin.refused", problem, external.Connector, why.ToString(), SignInStep.Linked);
        if (LinkConflicts.IsConflict(why))
        {
            // Two e-IDs claim one mailbox: nobody gets in by it. Somebody whom only the mailbox stands for has not been proved to be another.
            var freezeDoor = isMail && why == LinkRefusal.AlreadyLinkedToAnotherPerson && evidence.Link?.Person.Proofing > ProofingLevel.MailOnly;
            pending.ConflictId = (await conflicts.RecordAsync(why, evidence, pending.Reference!, freezeDoor, ct)).Id;
        }
        return await StopAsync(pending, external.Connector, ct);
    }

    public async Task<FederatedOutcome> RefuseAsync(PendingAuthentication pending, string? connector, ProblemKind problem, string detail, CancellationToken ct)
    {
        problems.Note(pending, "signin.refused", problem, connector, detail, SignInStep.Linked);
        return await StopAsync(pending, connector, ct);
    }

    private async Task<FederatedOutcome> StopAsync(PendingAuthentication pending, string? connector, CancellationToken ct)
    {
        pending.SealedIdentity = null;
        pending.SealedNewDoor = null;
        pending.Connector = connector ?? pending.Connector;
        LinkingTrip.BeginAgain(pending);
        await db.SaveChangesAsync(ct);
        return new FederatedOutcome.Refused();
    }
}
