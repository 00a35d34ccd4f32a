using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>
/// Applications that an owner has left: work for the unit's administrator when too few owners are there, and for the other owners in any
/// case. Read from the posts as they are now, so that it is there as soon as the personnel list or the directory has ended one.
/// </summary>
public sealed class Handovers(IdentityDb db, ApplicationAccess access, ApplicationTeam team)
{
    /// <summary>Within the reach of whoever can name other owners, the newest first.</summary>
    public async Task<List<Handover>> ShortAsync(AdminActor actor, int most, CancellationToken ct)
    {
        if (!actor.MaySomewhere(Permission.GiveRoles)) return [];
        var reached = db.Applications.AsNoTracking();
        if (await access.ReachAsync(actor, Permission.GiveRoles, ct) is { } units) reached = reached.Where(a => units.Contains(a.UnitId));
        return await (from s in Short(reached)
                      join unit in db.OrgUnits on s.Application.UnitId equals unit.Id
                      orderby s.Application.Id descending
                      select new Handover(s.Application.Id, s.Application.NameVi, s.Application.NameEn, unit.NameVi, unit.NameEn) { Owners = s.Owners }).Take(most).ToListAsync(ct);
    }

    /// <summary>One's own, of which another owner has left.</summary>
    public async Task<List<Handover>> LeftBehindAsync(AdminActor actor, int most, CancellationToken ct)
    {
        var (present, owners) = (team.Present(), db.ApplicationMembers.Where(m => m.Role == MemberRole.Owner && m.EndedAt == null));
        var own = db.Applications.AsNoTracking().Where(a => owners.Any(m => m.ApplicationId == a.Id && m.PersonId == actor.PersonId)
            && owners.Any(m => m.ApplicationId == a.Id && m.PersonId != null && m.PersonId != actor.PersonId && !present.Contains(m.PersonId.Value)));
        return await (from a in own join unit in db.OrgUnits on a.UnitId equals unit.Id orderby a.Id descending select new Handover(a.Id, a.NameVi, a.NameEn, unit.NameVi, unit.NameEn)).Take(most).ToListAsync(ct);
    }

    /// <summary>Owners are counted for all applications at once: one by one, each would be a question of its own.</summary>
    internal IQueryable<ShortApplication> Short(IQueryable<Application> applications)
    {
        var owners = team.CountedOwners().GroupBy(m => m.ApplicationId).Select(g => new { ApplicationId = g.Key, Count = g.Count() });
        return from application in applications
               join counted in owners on application.Id equals counted.ApplicationId into known
               from owned in known.DefaultIfEmpty()
               where ((int?)owned!.Count ?? 0) < ApplicationTeam.FewestOwners
               select new ShortApplication { Application = application, Owners = (int?)owned!.Count ?? 0 };
    }
}

/// <summary>A row on its way through a query.</summary>
internal sealed class ShortApplication
{
    public required Application Application { get; init; }
    public int Owners { get; init; }
}

public sealed record Handover(Guid ApplicationId, string NameVi, string NameEn, string UnitVi, string UnitEn)
{
    /// <summary>Who are there or still expected.</summary>
    public int Owners { get; init; }
}
