using Identity.Domain.Configuration;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>What the pages of a linking trip show: which doors prove, to whom the new one goes, and what two sources say when they disagree.</summary>
public sealed class LinkingPages(IdentityDb db, PersonDirectory people, LinkConflicts conflicts, LoginSession login, RecordHints hints)
{
    private static readonly string[] Compared = [AttributeNames.Name, AttributeNames.PersonalNumber, AttributeNames.BirthDate, AttributeNames.Gender];

    /// <summary>While somebody proves who they are, only the doors that can: theirs, and as strong as their best.</summary>
    public async Task<IReadOnlyList<ConnectorRegistration>> OfferedAsync(PendingAuthentication pending, IReadOnlyList<ConnectorRegistration> offered, CancellationToken ct)
    {
        if (pending is not { LinkStep: LinkStep.ProveOld, LinkPersonId: { } personId }) return offered;
        var best = await people.BestProofingAsync(personId, ct);
        var links = await db.LinkedIdentities.Where(l => l.PersonId == personId && l.FrozenAt == null && l.Proofing >= best).Select(l => l.Connector).ToListAsync(ct);
        var hasPassword = best == ProofingLevel.SelfAsserted && await db.Users.AnyAsync(u => u.Id == personId, ct);
        var hasPasskey = await db.OwnPasskeys.AnyAsync(k => k.PersonId == personId && k.Proofing >= best, ct);
        return [.. offered.Where(c => links.Contains(c.Name) || (hasPassword && c.Protocol == ConnectorProtocol.Password) || (hasPasskey && c.Protocol == ConnectorProtocol.Passkey))];
    }

    /// <summary>Null in an ordinary sign-in.</summary>
    public async Task<LinkingView?> ViewAsync(HttpContext http, PendingAuthentication pending)
    {
        if (pending.LinkStep is not { } step) return null;
        // Whose account it is, is said only to a browser that is signed in to it: the record of a mere match stays nameless.
        var session = await login.CurrentAsync(http, http.RequestAborted);
        var name = session is not null && session.PersonId == pending.LinkPersonId ? await NameAsync(session.PersonId, http.RequestAborted) : null;
        var purpose = pending.SealedNewDoor is not null ? LinkingPurpose.OldAccount
            : LinkingTrip.ReturnAddress(pending) is not null ? LinkingPurpose.Proof : LinkingPurpose.NewDoor;
        return new(step == LinkStep.AddNew, purpose, name);
    }

    public async Task<string> NameAsync(Guid personId, CancellationToken ct) =>
        (await people.AttributesAsync(personId, ct)).GetValueOrDefault(AttributeNames.Name, "");

    public async Task<RecordHint?> CandidateAsync(PendingAuthentication pending, CancellationToken ct) =>
        pending is { LinkStep: LinkStep.ProveOld, LinkPersonId: { } personId, SealedNewDoor: not null } ? await hints.OfAsync(personId, ct) : null;

    public async Task<ConflictView?> ConflictAsync(HttpContext http, PendingAuthentication pending)
    {
        var ct = http.RequestAborted;
        if (pending.ConflictId is not { } id || await conflicts.FindAsync(id, ct) is not { ResolvedAt: null } conflict) return null;
        var theirs = conflicts.Read(conflict);
        // Proved in the attempt itself and still signed in: only then are both sides the same human's to compare.
        var session = await login.CurrentAsync(http, ct);
        var isProved = session is not null && conflict.Parties.Exists(p => p.Proved && p.PersonId == session.PersonId) && session.PersonId == pending.LinkPersonId;
        var ours = isProved ? await people.AttributesAsync(session!.PersonId, ct) : null;
        var records = new List<RecordHint>();
        if (conflict.Kind == LinkRefusal.SeveralPeopleShareNumber && !isProved)
            foreach (var party in conflict.Parties.OrderBy(p => p.PersonId))
                if (await hints.OfAsync(party.PersonId, ct) is { } hint) records.Add(hint);
        return new([.. Rows(theirs, ours)], isProved, records);
    }

    private static IEnumerable<ConflictRow> Rows(ExternalIdentity theirs, IReadOnlyDictionary<string, string>? ours) =>
        from attribute in Compared
        let source = theirs.Find(attribute)
        where source is not null
        let recorded = ours?.GetValueOrDefault(attribute)
        select new ConflictRow(attribute, source, recorded, recorded is not null && recorded != source);
}
