using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Login;

/// <summary>
/// Adds a door to a person (rule 2): first they come through a door they have, then through the new one, both in this request and
/// this browser. A session that was there before proves nothing here: it may have been planted, or left open by somebody else.
/// </summary>
/// <remarks>Each call takes one step and the browser is led back for the next, so that any node and any kind of connector can take it.</remarks>
public sealed class LinkingTrip(IdentityDb db, PersonDirectory people, PendingAuthenticationStore pendings, LoginSession login, SignInEnds ends, TimeProvider clock)
{
    /// <summary>What a trip from the account is for when no door is to be added: the page that asked for a fresh proof, and goes on with it.</summary>
    public static string? ReturnAddress(PendingAuthentication pending) => pending is { Protocol: ParkedRequests.Account, Request.Length: > 0 } ? pending.Request : null;

    public static bool IsFromAccount(PendingAuthentication pending) => pending.Protocol == ParkedRequests.Account;

    /// <summary>After a refusal: a trip from the account starts over, a sign-in is an ordinary one again.</summary>
    public static void BeginAgain(PendingAuthentication pending)
    {
        if (pending.LinkStep is null) return;
        pending.SessionId = null;
        if (IsFromAccount(pending)) pending.LinkStep = LinkStep.ProveOld;
        else (pending.LinkStep, pending.LinkPersonId) = (null, null);
    }

    /// <summary>The sign-in found a record that may be this human's: the new door waits until the old one is proved.</summary>
    public async Task<FederatedOutcome> AskForProofAsync(PendingAuthentication pending, Guid candidate, CancellationToken ct)
    {
        (pending.LinkStep, pending.LinkPersonId) = (LinkStep.ProveOld, candidate);
        (pending.SealedNewDoor, pending.SealedIdentity) = (pending.SealedIdentity, null);
        await db.SaveChangesAsync(ct);
        return new FederatedOutcome.MustProve();
    }

    /// <summary>Whether this request has signed its person in; then the new door is next. Null when a proof waits to be judged.</summary>
    public async Task<FederatedOutcome?> SettleAsync(HttpContext http, PendingAuthentication pending, CancellationToken ct)
    {
        if (pending.LinkStep is null || pending.SealedIdentity is not null) return null;
        if (pending.LinkStep == LinkStep.AddNew) return new FederatedOutcome.ChooseDoor();
        if (await ProvedAsync(http, pending, ct) is not { } session) return pending.SealedNewDoor is null ? new FederatedOutcome.ChooseDoor() : new FederatedOutcome.MustProve();
        if (session.Proofing < await people.BestProofingAsync(session.PersonId, ct))
            return await ends.RefuseAsync(pending, session.Connector, ProblemKind.ProofTooWeak, "proved by a weaker door than the person has", ct);
        if (ReturnAddress(pending) is { } address)
        {
            pending.LinkStep = null;
            pending.ConcludedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(ct);
            return new FederatedOutcome.Proved(address);
        }
        pending.LinkStep = LinkStep.AddNew;
        (pending.SealedIdentity, pending.SealedNewDoor) = (pending.SealedNewDoor, null);
        await db.SaveChangesAsync(ct);
        return pending.SealedIdentity is null ? new FederatedOutcome.ChooseDoor() : null;
    }

    /// <summary>Somebody came through a door; it has to be one of the person's. Whoever else it is, is told nothing and changes nothing.</summary>
    public async Task<FederatedOutcome> ProveAsync(HttpContext http, PendingAuthentication pending, JudgedProof proof, CancellationToken ct)
    {
        var external = proof.Identity;
        var evidence = await people.GatherAsync(external, ct);
        return IdentityLinker.Decide(evidence, proof.Policy) switch
        {
            LinkDecision.SignIn { PersonId: var id, AddLink: var addLink } when id == pending.LinkPersonId =>
                await ends.StartAsync(http, pending, proof, async () => (await people.EnterAsync(id, external, addLink, reopen: false, ct)).Id, ct),
            LinkDecision.Refuse { Why: var why } when why is LinkRefusal.LinkFrozen or LinkRefusal.OrganisationAccount => await ends.RefuseAsync(pending, evidence, why, ct),
            _ => await ends.RefuseAsync(pending, external.Connector, ProblemKind.ProvedAnother, "the proof is of another person, or of nobody", ct),
        };
    }

    /// <summary>The new door, judged together with the session that this request started.</summary>
    public async Task<FederatedOutcome> AddAsync(HttpContext http, PendingAuthentication pending, JudgedProof proof, CancellationToken ct)
    {
        var external = proof.Identity;
        if (await ProvedAsync(http, pending, ct) is not { } session)
            return await ends.RefuseAsync(pending, external.Connector, ProblemKind.LinkInterrupted, "the session of the proof is over, or another one took its place", ct);
        var evidence = await people.GatherAsync(external, session, ct);
        return IdentityLinker.Decide(evidence, proof.Policy) switch
        {
            LinkDecision.SignIn { PersonId: var id, AddLink: var addLink } when id == session.PersonId && IsFromAccount(pending) =>
                await KeepAsync(pending, external, addLink, id, ct),
            LinkDecision.SignIn { PersonId: var id, AddLink: var addLink } when id == session.PersonId =>
                await EnterAsync(http, pending, proof, id, addLink, ct),
            LinkDecision.Refuse { Why: var why } => await ends.RefuseAsync(pending, evidence, why, ct),
            _ => throw new InvalidOperationException("With somebody signed in a door is theirs or it is refused."),
        };
    }

    private async Task<FederatedOutcome> KeepAsync(PendingAuthentication pending, ExternalIdentity external, bool addLink, Guid personId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await pendings.TakeIdentityAsync(pending, ct) is null) return new FederatedOutcome.Linked();
        await people.EnterAsync(personId, external, addLink, reopen: false, ct);
        (pending.SealedIdentity, pending.Problem, pending.LinkStep) = (null, null, null);
        pending.ConcludedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await transaction.DisposeAsync();
        await ends.FollowAsync(personId, external, ct);
        return new FederatedOutcome.Linked();
    }

    private async Task<FederatedOutcome> EnterAsync(HttpContext http, PendingAuthentication pending, JudgedProof proof, Guid personId, bool addLink, CancellationToken ct) =>
        await ends.StartAsync(http, pending, proof, async () =>
        {
            (pending.LinkStep, pending.LinkPersonId, pending.Connector) = (null, null, proof.Identity.Connector);
            return (await people.EnterAsync(personId, proof.Identity, addLink, reopen: false, ct)).Id;
        }, ct);

    private async Task<Session?> ProvedAsync(HttpContext http, PendingAuthentication pending, CancellationToken ct) =>
        await login.CurrentAsync(http, ct) is { } session && session.PersonId == pending.LinkPersonId && session.Id == pending.SessionId ? session : null;
}
