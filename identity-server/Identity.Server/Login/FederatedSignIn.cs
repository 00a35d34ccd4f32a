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
public sealed class FederatedSignIn(IdentityDb db, PersonDirectory people, PersonalDataVault vault, ClientRegistry registry, SignInEnds ends, LinkingTrip linking)
{
    /// <summary>A person is made only from a proof that somebody stands behind; for a civil servant that is the agency that gave the mailbox.</summary>
    private static LinkPolicy PolicyFor(ConnectorRegistration row) =>
        new(row.Kind == ConnectorKind.OfficialMail ? ProofingLevel.MailOnly : ProofingLevel.Level01);

    public void Keep(PendingAuthentication pending, ExternalIdentity identity) =>
        pending.SealedIdentity = vault.Seal(VaultPurpose.PendingIdentity, pending.Id, JsonSerializer.Serialize(identity));

    public ExternalIdentity? Peek(PendingAuthentication pending) => pending.SealedIdentity is { } box ? Open(pending, box) : null;

    /// <summary>The door that waits until its owner has proved an old one.</summary>
    public ExternalIdentity? PeekNewDoor(PendingAuthentication pending) => pending.SealedNewDoor is { } box ? Open(pending, box) : null;

    /// <summary>Decides about the waiting proof. <paramref name="confirmed"/>: the person has said "yes, this is me" to becoming known here.</summary>
    public async Task<FederatedOutcome> EnterAsync(HttpContext http, PendingAuthentication pending, bool confirmed, CancellationToken ct)
    {
        if (await linking.SettleAsync(http, pending, ct) is { } settled) return settled;
        if (Peek(pending) is not { } external) return new FederatedOutcome.Nothing();
        if (registry.FindConnector(external.Connector) is not { } row) return await ends.RefuseAsync(pending, external.Connector, ProblemKind.Unreachable, "the connector was removed", ct);
        if (row.Kind == ConnectorKind.OfficialMail && !MailDoor.IsOwnAddress(row, external))
            return await ends.RefuseAsync(pending, external.Connector, ProblemKind.ForeignMailbox, "an address outside the connector's domains, or none", ct);
        var proof = new JudgedProof(SyntheticPerson.Apart(AssurancePolicy.Cap(external, row.Assurance), row), AssurancePolicy.Judge(external, row.Assurance), PolicyFor(row));
        try
        {
            return await DecideAsync(http, pending, proof, confirmed, ct);
        }
        catch (DbUpdateException)
        {
            // Two tabs made the same link at the same moment; the loser now finds it made.
            db.ChangeTracker.Clear();
            // After a crash of PostgreSQL the parked request itself is gone.
            if (await db.PendingAuthentications.SingleOrDefaultAsync(p => p.Id == pending.Id, ct) is not { } again) return new FederatedOutcome.Nothing();
            Keep(again, external);
            return await DecideAsync(http, again, proof, confirmed, ct);
        }
    }

    private async Task<FederatedOutcome> DecideAsync(HttpContext http, PendingAuthentication pending, JudgedProof proof, bool confirmed, CancellationToken ct)
    {
        if (pending.LinkStep == LinkStep.ProveOld) return await linking.ProveAsync(http, pending, proof, ct);
        if (pending.LinkStep == LinkStep.AddNew) return await linking.AddAsync(http, pending, proof, ct);
        var external = proof.Identity;
        var evidence = await people.GatherAsync(external, ct);
        switch (IdentityLinker.Decide(evidence, proof.Policy))
        {
            case LinkDecision.SignIn { PersonId: var id, AddLink: var addLink }:
                return await ends.StartAsync(http, pending, proof, async () => (await people.EnterAsync(id, external, addLink, reopen: false, ct)).Id, ct);
            case LinkDecision.ReopenPerson { PersonId: var id, AddLink: var addLink }:
                return AsFirst(await ends.StartAsync(http, pending, proof, async () => (await people.EnterAsync(id, external, addLink, reopen: true, ct)).Id, ct));
            case LinkDecision.CreatePerson when !confirmed:
                return new FederatedOutcome.MustConfirm();
            case LinkDecision.CreatePerson:
                return AsFirst(await ends.StartAsync(http, pending, proof, () => Task.FromResult(people.Create(external).Id), ct));
            case LinkDecision.ConfirmOwnership { Candidate: var candidate }:
                return await linking.AskForProofAsync(pending, candidate, ct);
            case LinkDecision.Refuse { Why: var why }:
                return await ends.RefuseAsync(pending, evidence, why, ct);
            default:
                throw new InvalidOperationException("A link decision is one of its cases.");
        }
    }

    private static FederatedOutcome AsFirst(FederatedOutcome outcome) => outcome is FederatedOutcome.SignedIn signedIn ? signedIn with { IsFirst = true } : outcome;

    private ExternalIdentity Open(PendingAuthentication pending, string box) =>
        JsonSerializer.Deserialize<ExternalIdentity>(vault.Open(VaultPurpose.PendingIdentity, pending.Id, box))!;
}

public abstract record FederatedOutcome
{
    private FederatedOutcome() { }
    public sealed record SignedIn(Session Session, BearerSecret Secret) : FederatedOutcome
    {
        /// <summary>Somebody new, or back after having left: no address of theirs is known.</summary>
        public bool IsFirst { get; init; }
    }

    /// <summary>Somebody new: the page "is this you?" comes first.</summary>
    public sealed record MustConfirm : FederatedOutcome;

    /// <summary>A record may be this human's: the page asks for the proof of an old door.</summary>
    public sealed record MustProve : FederatedOutcome;

    /// <summary>A door is being added and the next one is to be chosen.</summary>
    public sealed record ChooseDoor : FederatedOutcome;

    /// <summary>The door is the person's now.</summary>
    public sealed record Linked : FederatedOutcome;

    /// <summary>The person has proved themselves afresh, which is all that <paramref name="Address"/> waited for.</summary>
    public sealed record Proved(string Address) : FederatedOutcome;

    /// <summary>The problem page says why.</summary>
    public sealed record Refused : FederatedOutcome;

    /// <summary>No proof is waiting: it was used, or never came.</summary>
    public sealed record Nothing : FederatedOutcome;
}
