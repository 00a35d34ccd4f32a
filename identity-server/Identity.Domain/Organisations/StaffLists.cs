using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>The lists that security level 3 asks for: who has not signed in for too long, and whose right to be here nobody has looked at for six months.</summary>
public sealed class StaffLists(IdentityDb db, StaffPosts posts, AuditTrail audit, IOptions<StaffOptions> options, TimeProvider clock)
{
    /// <summary>Official standings without a sign-in since the limit, longest first.</summary>
    public Task<IReadOnlyList<StaffListing>> IdleAsync(CancellationToken ct) =>
        DescribeAsync(Idle().OrderBy(a => a.LastUsedAt ?? a.CreatedAt), ct);

    /// <summary>Official standings that are due for a review, by unit.</summary>
    public Task<IReadOnlyList<StaffListing>> DueForReviewAsync(Guid? unitId, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - options.Value.ReviewEvery;
        return DescribeAsync(Official().Where(a => (a.ReviewedAt ?? a.CreatedAt) < since && (unitId == null || a.OrgUnitId == unitId)).OrderBy(a => a.OrgUnitId), ct);
    }

    /// <summary>Posts on a list that nobody has signed in to yet.</summary>
    public async Task<IReadOnlyList<StaffListing>> WaitingAsync(CancellationToken ct)
    {
        var tree = await OrgTree.LoadAsync(db, ct);
        var records = await db.StaffRecords.AsNoTracking().Where(r => r.PersonId == null && r.State != StaffState.Left).OrderBy(r => r.UnitId).ThenBy(r => r.StaffNumber).ToListAsync(ct);
        return [.. records.Select(r => new StaffListing(null, r.StaffNumber, posts.NameOf(r), tree.Unit(r.UnitId)?.Code ?? "", r.Position, null, r.CreatedAt))];
    }

    /// <summary>An administrator has looked at these and says that they are right. Returns how many were due.</summary>
    public async Task<int> ConfirmAsync(IReadOnlyCollection<Guid> standingIds, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var confirmed = await db.Affiliations.Where(a => standingIds.Contains(a.Id) && a.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.ReviewedAt, now), ct);
        if (confirmed > 0) audit.Add("staff.reviewed", detail: $"{confirmed} standing(s)");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return confirmed;
    }

    /// <summary>Standing that a post gives now.</summary>
    public Task<Guid?> StandingOfAsync(string source, string staffNumber, CancellationToken ct) =>
        db.StaffRecords.Where(r => r.Source == source && r.StaffNumber == staffNumber).Select(r => r.AffiliationId).SingleOrDefaultAsync(ct);

    internal IQueryable<Guid> IdleIds() => Idle().OrderBy(a => a.LastUsedAt ?? a.CreatedAt).Select(a => a.Id);

    private IQueryable<Affiliation> Idle()
    {
        var since = clock.GetUtcNow() - options.Value.IdleAfter;
        // Who was just let back in has the whole time again.
        return Official().Where(a => a.SuspendedAt == null && (a.LastUsedAt ?? a.CreatedAt) < since && (a.ReviewedAt == null || a.ReviewedAt < since));
    }

    private IQueryable<Affiliation> Official()
    {
        var now = clock.GetUtcNow();
        return db.Affiliations.AsNoTracking().Where(a => a.OrgUnitId != null && a.EndedAt == null && a.ValidFrom <= now && (a.ValidTo == null || a.ValidTo > now));
    }

    private async Task<IReadOnlyList<StaffListing>> DescribeAsync(IQueryable<Affiliation> standings, CancellationToken ct)
    {
        var tree = await OrgTree.LoadAsync(db, ct);
        var rows = await standings.GroupJoin(db.StaffRecords, a => a.Id, r => r.AffiliationId, (a, records) => new { Standing = a, records })
            .SelectMany(x => x.records.DefaultIfEmpty(), (x, record) => new { x.Standing, Record = record }).ToListAsync(ct);
        return [.. rows.Select(r => new StaffListing(r.Standing.Id, r.Standing.SourceKey ?? "", r.Record is null ? "" : posts.NameOf(r.Record),
            tree.Unit(r.Standing.OrgUnitId)?.Code ?? "", r.Standing.Position, r.Standing.LastUsedAt, r.Standing.CreatedAt))];
    }
}

/// <param name="StandingId">Null for a post that nobody has claimed.</param>
public sealed record StaffListing(Guid? StandingId, string StaffNumber, string Name, string UnitCode, string? Position, DateTimeOffset? LastUsedAt, DateTimeOffset Since)
{
    /// <summary>Holds a name, so it never prints itself.</summary>
    public override string ToString() => $"StaffListing({StaffNumber}, {UnitCode})";
}
