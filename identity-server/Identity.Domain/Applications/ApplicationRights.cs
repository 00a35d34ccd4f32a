using System.Linq.Expressions;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>What somebody may do with one application. The one table of who may what.</summary>
[Flags]
public enum ApplicationRights
{
    None = 0,
    View = 1,
    Try = 2,
    Develop = 4,
    Own = 8,

    /// <summary>Judge its requests; never one's own, and never as a member.</summary>
    Review = 16,

    /// <summary>Name new owners when the old ones have left.</summary>
    HandOver = 32,
}

/// <summary>An application and what whoever reached it may do there. There is no other way to one than <see cref="ApplicationAccess"/>.</summary>
public sealed record ReachedApplication(Application Application, ApplicationRights Rights, AdminActor Actor)
{
    public bool May(ApplicationRights right) => (Rights & right) == right;
}

/// <summary>The one door to applications: what a person may not see is not there for them, whatever id they send (M1).</summary>
public sealed class ApplicationAccess(IdentityDb db, TimeProvider clock)
{
    private static readonly Dictionary<MemberRole, ApplicationRights> OfMember = new()
    {
        [MemberRole.Owner] = ApplicationRights.View | ApplicationRights.Try | ApplicationRights.Develop | ApplicationRights.Own,
        [MemberRole.Developer] = ApplicationRights.View | ApplicationRights.Try | ApplicationRights.Develop,
        [MemberRole.Tester] = ApplicationRights.View | ApplicationRights.Try,
        [MemberRole.Viewer] = ApplicationRights.View,
    };

    private static readonly (Permission Permission, ApplicationRights Rights)[] OfAdministration =
    [
        (Permission.ReadApplications, ApplicationRights.View),
        (Permission.ReviewApplications, ApplicationRights.View | ApplicationRights.Review),
        (Permission.GiveRoles, ApplicationRights.View | ApplicationRights.HandOver),
    ];

    /// <summary>Null when it does not exist, and just the same when it exists for others only.</summary>
    public async Task<ReachedApplication?> FindAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        if (await db.Applications.SingleOrDefaultAsync(a => a.Id == id, ct) is not { } application) return null;
        var role = await db.ApplicationMembers.Where(m => m.ApplicationId == id && m.EndedAt == null).Where(IsHeldBy(actor)).OrderBy(m => m.Role).Select(m => (MemberRole?)m.Role).FirstOrDefaultAsync(ct);
        // A machine works as far as its role and its scopes reach, and there only on what its owners let it into.
        var rights = role is not { } own || (actor.IsMachine && !await MayAsync(actor, Permission.OwnApplications, application.UnitId, ct)) ? ApplicationRights.None : OfMember[own];
        foreach (var (permission, granted) in OfAdministration)
            if (await MayAsync(actor, permission, application.UnitId, ct)) rights |= granted;
        // Nobody judges what they work on, whatever else they are trusted with; and to judge, or to play somebody made-up, takes a human being.
        if (role is not null || actor.IsMachine) rights &= ~ApplicationRights.Review;
        if (actor.IsMachine) rights &= ~ApplicationRights.Try;
        return rights == ApplicationRights.None ? null : new ReachedApplication(application, rights, actor);
    }

    /// <summary>Null for the whole province.</summary>
    public async Task<List<Guid>?> ReachAsync(AdminActor actor, Permission permission, CancellationToken ct) =>
        actor.May(permission) ? null
        : !actor.MaySomewhere(permission) ? []
        : [.. ((AdminScope.Units)actor.Scope(permission, await OrgTree.LoadAsync(db, ct), clock.GetUtcNow())).Ids];

    /// <summary>
    /// A change of one application by somebody with this right: alone under the lock of the configuration, and saved only when it is done.
    /// The right is looked up inside, so that one that has just been taken is not used any more.
    /// </summary>
    public Task<ApplicationOutcome> ChangeAsync(AdminActor actor, Guid id, ApplicationRights right, Func<ReachedApplication, Task<ApplicationOutcome>> work, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.Configuration, async () =>
        {
            var outcome = await FindAsync(actor, id, ct) is not { } reached ? ApplicationRefusal.NotThere
                : !reached.May(right) ? ApplicationRefusal.NotAllowed
                : await work(reached);
            if (outcome is ApplicationOutcome.Done) await db.SaveChangesAsync(ct);
            else db.ChangeTracker.Clear();
            return outcome;
        }, ct);

    /// <summary>Memberships of whoever stands here: a person's, or a service account's.</summary>
    internal static Expression<Func<ApplicationMember, bool>> IsHeldBy(AdminActor actor) =>
        actor.ServiceAccount is { } account ? m => m.ServiceAccount == account : m => m.PersonId == actor.PersonId;

    /// <summary>The tree is read for administrators of one agency alone.</summary>
    public async Task<bool> MayAsync(AdminActor actor, Permission permission, Guid unit, CancellationToken ct) =>
        await ReachAsync(actor, permission, ct) is not { } units || units.Contains(unit);
}
