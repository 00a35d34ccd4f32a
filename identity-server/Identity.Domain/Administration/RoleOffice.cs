using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>Roles given and ended by people, each within what they may: an agency's administrator in their tree, nobody to themselves.</summary>
public sealed class RoleOffice(IdentityDb db, RoleBook book, OfficialMailboxes mailboxes, AuditTrail audit, TimeProvider clock)
{
    /// <param name="gift">With an official mailbox. Whoever is known to hold it gets the role now, otherwise it waits for them; what nobody gives alone waits for <see cref="RoleProposals"/>.</param>
    public async Task<RoleRefusal?> GiveAsync(AdminActor actor, RoleGift gift, CancellationToken ct)
    {
        var (now, tree) = (clock.GetUtcNow(), await OrgTree.LoadAsync(db, ct));
        if (!actor.May(Permission.GiveRoles, gift.UnitId, tree, now)) return RoleRefusal.NotYours;
        if (gift.Mail is not { } mail || !MailQueue.IsAddress(mail)) return RoleRefusal.MailIsMissing;
        var holder = await HolderOfAsync(mail, ct);
        if (holder is not null && holder == actor.PersonId) return RoleRefusal.Oneself;
        if (actor.Scope(Permission.GiveRoles, tree, now) is AdminScope.Units reach && !await mailboxes.IsOfAsync(mail, holder, reach.Ids, ct)) return RoleRefusal.MailIsNotOfTheAgency;
        if (AdminRoles.NeedsSecondPerson(gift.Role)) return await book.GiveAsync(gift with { Kind = RoleAssignmentKind.Standing, IsProposed = true }, actor.Name, ct);
        return await book.GiveAsync(gift with { Kind = RoleAssignmentKind.Standing, PersonId = holder, Mail = holder is null ? mail : null }, actor.Name, ct);
    }

    public async Task<RoleRefusal?> EndAsync(AdminActor actor, Guid assignmentId, CancellationToken ct)
    {
        var found = await db.RoleAssignments.AsNoTracking().Where(r => r.Id == assignmentId).Select(r => new { r.UnitId, r.GivenBy, Waits = r.PersonId == null && r.MailDigest == null && r.ClientId == null }).SingleOrDefaultAsync(ct);
        // What lies outside looks as if it were not there.
        if (found is null || !actor.May(Permission.GiveRoles, found.UnitId, await OrgTree.LoadAsync(db, ct), clock.GetUtcNow())) return RoleRefusal.UnknownRole;
        // What waits for a second person is refused with a reason; who proposed it may let it drop.
        if (found is { Waits: true } && found.GivenBy != actor.Name) return RoleRefusal.UnknownRole;
        return await book.EndAsync(assignmentId, actor.Name, ct);
    }

    internal async Task<Guid?> HolderOfAsync(string mail, CancellationToken ct)
    {
        if (await mailboxes.HolderOfAsync(mail, ct) is not { } holder) return null;
        audit.Add("person.looked_up", "role", holder);
        return holder;
    }
}
