using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Desk;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>The lists of 45 idle days and of six months in an administrator's hands: of their own tree, a page at a time, each post with a yes or an end.</summary>
public sealed class StandingReviews(IdentityDb db, PersonReach reach, StandingEnds ends, StaffPosts posts, AuditTrail audit, IOptions<StaffOptions> options, TimeProvider clock)
{
    private const int PageSize = 50;

    public async Task<ReviewPage> ReadAsync(AdminActor actor, ReviewList list, Guid? after, CancellationToken ct)
    {
        var due = (await WithinAsync(actor, Permission.ReadOrganisations, ct)).Where(a => a.EndedAt == null);
        var (idle, review) = (clock.GetUtcNow() - options.Value.IdleAfter, clock.GetUtcNow() - options.Value.ReviewEvery);
        due = list == ReviewList.Idle
            ? due.Where(a => (a.LastUsedAt ?? a.CreatedAt) < idle && (a.ReviewedAt == null || a.ReviewedAt < idle))
            : due.Where(a => (a.ReviewedAt ?? a.CreatedAt) < review);
        if (after is { } last) due = due.Where(a => a.Id > last);
        var page = await due.OrderBy(a => a.Id).Take(PageSize + 1).Select(a => new
        {
            Standing = a, Unit = db.OrgUnits.Where(u => u.Id == a.OrgUnitId).Select(u => u.NameVi).FirstOrDefault(), Record = db.StaffRecords.FirstOrDefault(r => r.AffiliationId == a.Id),
        }).ToListAsync(ct);
        return new([.. page.Take(PageSize).Select(x => new ReviewLine(x.Standing.Id, x.Record is null ? "" : posts.NameOf(x.Record), x.Unit ?? "", x.Standing.Position)
        {
            StaffNumber = x.Standing.SourceKey, LastUsedAt = x.Standing.LastUsedAt, Since = x.Standing.CreatedAt, IsSuspended = x.Standing.SuspendedAt is not null,
        })], page.Count > PageSize ? page[PageSize - 1].Standing.Id : null);
    }

    /// <summary>Looked at and still right. Null when it was done.</summary>
    public async Task<DeskRefusal?> ConfirmAsync(AdminActor actor, Guid standingId, CancellationToken ct)
    {
        if (await FindAsync(actor, standingId, ct) is not { } standing) return DeskRefusal.NotThere;
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Affiliations.Where(a => a.Id == standingId && a.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.ReviewedAt, now), ct) == 0) return DeskRefusal.IsSoAlready;
        audit.Add("standing.reviewed", personId: standing.PersonId, detail: $"{standing.OrgUnitId}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Whoever is not in that post any more, or never was. Sessions, grants and mandates of the post end with it.</summary>
    public async Task<DeskRefusal?> EndAsync(AdminActor actor, Guid standingId, CancellationToken ct)
    {
        if (await FindAsync(actor, standingId, ct) is not { } standing) return DeskRefusal.NotThere;
        if (actor.PersonId == standing.PersonId) return DeskRefusal.IsOneself;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await ends.EndAsync(standingId, StandingEndReason.EndedByAdministrator, ct)) return DeskRefusal.IsSoAlready;
        // Its post is empty, or the next list would find it changed and not gone.
        var now = clock.GetUtcNow();
        await db.StaffRecords.Where(r => r.AffiliationId == standingId).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, StaffState.Left).SetProperty(r => r.ChangedAt, now), ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task<Affiliation?> FindAsync(AdminActor actor, Guid standingId, CancellationToken ct) =>
        await (await WithinAsync(actor, Permission.ChangeOrganisations, ct)).SingleOrDefaultAsync(a => a.Id == standingId, ct);

    private async Task<IQueryable<Affiliation>> WithinAsync(AdminActor actor, Permission permission, CancellationToken ct)
    {
        var official = db.Affiliations.AsNoTracking().Where(a => a.OrgUnitId != null);
        if (actor.May(permission)) return official;
        var units = await reach.UnitsAsync(actor, permission, ct);
        return official.Where(a => units.Contains(a.OrgUnitId!.Value));
    }
}

public enum ReviewList
{
    /// <summary>No sign-in for 45 days.</summary>
    Idle = 0,

    /// <summary>Nobody has looked at it for six months.</summary>
    Review = 1,
}

/// <param name="Next">Key of the next page.</param>
public sealed record ReviewPage(IReadOnlyList<ReviewLine> Lines, Guid? Next);

public sealed record ReviewLine(Guid StandingId, string Name, string Unit, string? Position)
{
    public string? StaffNumber { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset Since { get; init; }
    public bool IsSuspended { get; init; }

    /// <summary>Holds a name, so it never prints itself.</summary>
    public override string ToString() => $"ReviewLine({StandingId})";
}
