using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Lists of applications, each within what the reader may see, one query per page.</summary>
public sealed class ApplicationList(IdentityDb db, ApplicationAccess access, Handovers handovers, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="after">The last one of the page before.</param>
    public async Task<IReadOnlyList<ListedApplication>> PageAsync(AdminActor actor, ApplicationFilter filter, Guid? after, CancellationToken ct)
    {
        var applications = filter.All ? await ReachedAsync(actor, ct) : await OwnAsync(actor, ct);
        if (filter.State is { } state) applications = applications.Where(a => a.State == state);
        if (filter.Name is { Length: > 0 } name) applications = applications.Where(a => a.NameVi.StartsWith(name) || a.NameEn.StartsWith(name) || a.SandboxClientId == name || a.ProductionClientId == name);
        if (filter.Orphaned) applications = handovers.Short(applications).Select(s => s.Application);
        if (filter.Unconfirmed) applications = OpenConfirmations.DueBy(clock.GetUtcNow(), applications, db);
        if (after is { } last) applications = applications.Where(a => a.Id.CompareTo(last) < 0);
        return await (from a in applications
                      join unit in db.OrgUnits on a.UnitId equals unit.Id
                      orderby a.Id descending
                      select new ListedApplication(a.Id, a.NameVi, a.NameEn, a.Kind, a.State, unit.NameVi, unit.NameEn) { ConfirmationDueAt = a.ConfirmationDueAt }).Take(PageSize + 1).ToListAsync(ct);
    }

    /// <summary>Those behind these clients that one works on or may see, by client.</summary>
    public async Task<IReadOnlyDictionary<string, ListedApplication>> OfClientsAsync(AdminActor actor, IReadOnlyList<string> clientIds, CancellationToken ct)
    {
        var (reached, own) = (await ReachedAsync(actor, ct), await OwnAsync(actor, ct));
        var found = await (from a in db.Applications.AsNoTracking()
                           where (clientIds.Contains(a.SandboxClientId) || clientIds.Contains(a.ProductionClientId!)) && (reached.Any(r => r.Id == a.Id) || own.Any(o => o.Id == a.Id))
                           join unit in db.OrgUnits on a.UnitId equals unit.Id
                           select new { a.SandboxClientId, a.ProductionClientId, Listed = new ListedApplication(a.Id, a.NameVi, a.NameEn, a.Kind, a.State, unit.NameVi, unit.NameEn) }).ToListAsync(ct);
        return found.SelectMany(a => new[] { (Id: a.SandboxClientId, a.Listed), (Id: a.ProductionClientId ?? "", a.Listed) }).Where(a => a.Id.Length > 0).ToDictionary(a => a.Id, a => a.Listed, StringComparer.Ordinal);
    }

    /// <summary>Clients of what one works on, and of what the permission reaches.</summary>
    public async Task<IReadOnlySet<string>> ClientsOfAsync(AdminActor actor, Permission permission, CancellationToken ct)
    {
        var own = await OwnAsync(actor, ct);
        var units = await access.ReachAsync(actor, permission, ct);
        var found = await db.Applications.AsNoTracking().Where(a => units == null || units.Contains(a.UnitId) || own.Any(o => o.Id == a.Id))
            .Select(a => new { a.SandboxClientId, a.ProductionClientId }).ToListAsync(ct);
        return found.SelectMany(a => new[] { a.SandboxClientId, a.ProductionClientId }).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IQueryable<Application>> OwnAsync(AdminActor actor, CancellationToken ct)
    {
        var held = db.ApplicationMembers.Where(m => m.EndedAt == null).Where(ApplicationAccess.IsHeldBy(actor));
        var own = db.Applications.AsNoTracking().Where(a => held.Any(m => m.ApplicationId == a.Id));
        return actor.IsMachine && await access.ReachAsync(actor, Permission.OwnApplications, ct) is { } units ? own.Where(a => units.Contains(a.UnitId)) : own;
    }

    private async Task<IQueryable<Application>> ReachedAsync(AdminActor actor, CancellationToken ct) =>
        await access.ReachAsync(actor, Permission.ReadApplications, ct) is { } units ? db.Applications.AsNoTracking().Where(a => units.Contains(a.UnitId)) : db.Applications.AsNoTracking();
}

/// <param name="All">Everything that one may see, and not only what one works on.</param>
/// <param name="Orphaned">Only those that have lost an owner.</param>
public sealed record ApplicationFilter(bool All, ApplicationState? State, string? Name, bool Orphaned)
{
    /// <summary>Only those whose owners should have said by now that they are still in use.</summary>
    public bool Unconfirmed { get; init; }
}

public sealed record ListedApplication(Guid Id, string NameVi, string NameEn, ApplicationKind Kind, ApplicationState State, string UnitVi, string UnitEn)
{
    /// <summary>By when its owners say again that it is in use; over when they have not. Left out outside production.</summary>
    public DateTimeOffset? ConfirmationDueAt { get; init; }
}
