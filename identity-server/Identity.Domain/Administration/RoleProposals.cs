using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>
/// The second pair of eyes over a role that nobody gives alone. Who proposed it does not confirm it, and who receives it does neither. The
/// first administrators of an installation come by the command line, where there is no second person yet.
/// </summary>
public sealed class RoleProposals(IdentityDb db, RoleBook book, RoleOffice office, AuditTrail audit, TimeProvider clock)
{
    /// <returns>Null when the role was given.</returns>
    public async Task<RoleRefusal?> ConfirmAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (proposal, problem) = await FindAsync(actor, id, ct);
        if (proposal is null) return problem;
        if (proposal.GivenBy == actor.Name) return RoleRefusal.OwnProposal;
        if (proposal.ValidUntil <= clock.GetUtcNow()) return RoleRefusal.TimeDoesNotFit;
        var mail = book.MailOf(proposal)!;
        var holder = await office.HolderOfAsync(mail, ct);
        if (holder is { } person && (person == actor.PersonId || AdminActor.NameOf(person) == proposal.GivenBy)) return RoleRefusal.Oneself;
        // Whoever is known to hold the mailbox has the role from now on; otherwise it waits for them.
        var (digest, kept) = (holder is null ? book.MailDigest(mail) : null, holder is null ? proposal.SealedMail : null);
        if (await Waiting(id).ExecuteUpdateAsync(set => set.SetProperty(r => r.PersonId, holder).SetProperty(r => r.MailDigest, digest).SetProperty(r => r.SealedMail, kept)
                .SetProperty(r => r.ConfirmedBy, actor.Name), ct) == 0) return RoleRefusal.Answered;
        audit.Add("role.confirmed", personId: holder, detail: $"{RoleBook.Describe(proposal)} proposed by {proposal.GivenBy}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <returns>Null when it was refused, or taken back by whoever had proposed it.</returns>
    public async Task<RoleRefusal?> RefuseAsync(AdminActor actor, Guid id, string reason, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (proposal, problem) = await FindAsync(actor, id, ct);
        if (proposal is null) return problem;
        var isOwn = proposal.GivenBy == actor.Name;
        if (!isOwn && string.IsNullOrWhiteSpace(reason)) return RoleRefusal.ReasonIsMissing;
        DateTimeOffset? now = clock.GetUtcNow();
        var why = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (await Waiting(id).ExecuteUpdateAsync(set => set.SetProperty(r => r.EndedAt, now).SetProperty(r => r.EndedBy, actor.Name).SetProperty(r => r.EndReason, why), ct) == 0) return RoleRefusal.Answered;
        audit.Add(isOwn ? "role.withdrawn" : "role.refused", detail: $"{RoleBook.Describe(proposal)} proposed by {proposal.GivenBy}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task<(RoleAssignment? Proposal, RoleRefusal? Problem)> FindAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permission.GiveRoles)) return (null, RoleRefusal.NotYours);
        return await Waiting(id).AsNoTracking().SingleOrDefaultAsync(ct) is { } proposal ? (proposal, null) : (null, RoleRefusal.Answered);
    }

    /// <summary>Two may answer at once; whose update finds the row has answered.</summary>
    private IQueryable<RoleAssignment> Waiting(Guid id) =>
        db.RoleAssignments.Where(r => r.Id == id && r.PersonId == null && r.MailDigest == null && r.ClientId == null && r.EndedAt == null);
}
