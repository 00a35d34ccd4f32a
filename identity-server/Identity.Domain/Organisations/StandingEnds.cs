using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// The end of a standing, for whatever reason and by whomever: personnel list, register, directory, either side of an invitation, a date
/// that has come. The standing, its <see cref="StandingTies"/> and the logouts owed for them are one transaction: when it is committed
/// nothing of it works on any node, because every use asks the database. The citizen behind it is not touched (identity-model rules 9
/// and 10).
/// </summary>
public sealed class StandingEnds(IdentityDb db, StandingTies ties, AuditTrail audit, TimeProvider clock)
{
    /// <summary>For good. True when this call did it.</summary>
    /// <param name="keepsMailbox">The person goes on in another post and by the same mailbox: what was granted in the old one is over, the door is not.</param>
    public Task<bool> EndAsync(Guid standingId, string reason, CancellationToken ct, bool keepsMailbox = false) =>
        InTransactionAsync(async () =>
        {
            DateTimeOffset? now = clock.GetUtcNow();
            if (await db.Affiliations.Where(a => a.Id == standingId && a.EndedAt == null).ExecuteUpdateAsync(set => set
                    .SetProperty(a => a.EndedAt, now).SetProperty(a => a.EndReason, reason), ct) == 0) return false;
            await CutOffAsync("standing.ended", standingId, reason, keepsMailbox, ct);
            return true;
        }, ct);

    /// <summary>Until further notice. True when this call did it; a standing that is suspended already keeps its first reason.</summary>
    public Task<bool> SuspendAsync(Guid standingId, string reason, CancellationToken ct) =>
        InTransactionAsync(async () =>
        {
            DateTimeOffset? now = clock.GetUtcNow();
            if (await db.Affiliations.Where(a => a.Id == standingId && a.EndedAt == null && a.SuspendedAt == null).ExecuteUpdateAsync(set => set
                    .SetProperty(a => a.SuspendedAt, now).SetProperty(a => a.SuspendReason, reason), ct) == 0) return false;
            await CutOffAsync("standing.suspended", standingId, reason, keepsMailbox: false, ct);
            return true;
        }, ct);

    /// <summary>Lifts a suspension that was made for <paramref name="reason"/>, and no other.</summary>
    public Task<bool> ResumeAsync(Guid standingId, string reason, CancellationToken ct) =>
        InTransactionAsync(async () =>
        {
            if (await db.Affiliations.Where(a => a.Id == standingId && a.EndedAt == null && a.SuspendedAt != null && a.SuspendReason == reason)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.SuspendedAt, (DateTimeOffset?)null).SetProperty(a => a.SuspendReason, (string?)null), ct) == 0) return false;
            var standing = await FindAsync(standingId, ct);
            await ties.RestoreAsync(standing, ct);
            audit.Add("standing.resumed", reason, standing.PersonId, connector: standing.Source);
            return true;
        }, ct);

    private async Task CutOffAsync(string name, Guid standingId, string reason, bool keepsMailbox, CancellationToken ct)
    {
        var standing = await FindAsync(standingId, ct);
        audit.Add(name, reason, standing.PersonId, connector: standing.Source, detail: $"{standing.Kind} {standing.OrganisationId ?? standing.OrgUnitId}");
        await ties.CutAsync(standing, reason, keepsMailbox, ct);
    }

    private Task<Affiliation> FindAsync(Guid standingId, CancellationToken ct) => db.Affiliations.AsNoTracking().SingleAsync(a => a.Id == standingId, ct);

    private async Task<bool> InTransactionAsync(Func<Task<bool>> work, CancellationToken ct)
    {
        // A list of many leavers is one transaction of its own.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (!await work()) return false;
        await db.SaveChangesAsync(ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return true;
    }
}

/// <summary>Words for why a standing or a mandate ended or was suspended; stored, audited and shown.</summary>
public static class StandingEndReason
{
    /// <summary>The personnel list says so, or names the post no more.</summary>
    public const string LeftByList = "left_by_personnel_list";
    public const string MovedByList = "moved_by_personnel_list";
    public const string SuspendedByList = "suspended_by_personnel_list";

    /// <summary>The staff number is somebody else's now.</summary>
    public const string NumberReassigned = "staff_number_reassigned";

    /// <summary>The mailbox of the post signed in as another person than the number of the post says.</summary>
    public const string MailboxConflict = "mailbox_conflict";
    public const string LeftByRegister = "left_by_register";
    public const string DirectoryDisabled = "directory_disabled";
    public const string DirectoryVanished = "directory_vanished";
    public const string Expired = "expired";
    public const string UnitEnded = "unit_ended";
    public const string Idle = "idle";
    public const string EndedByAdministrator = "ended_by_administrator";
    public const string OrganisationDissolved = "organisation_dissolved";
    public const string OrganisationPaused = "organisation_paused";

    /// <summary>By the person who had it.</summary>
    public const string LaidDown = "laid_down";

    /// <summary>By the other side.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Whoever gave the mandate, or a step above it, has no active account any more.</summary>
    public const string GrantorLost = "grantor_lost";
}
