using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Who works on an application. Two owners at least, one of whom may still be expected: nothing is orphaned when a person leaves.</summary>
public sealed class ApplicationTeam(IdentityDb db, ApplicationAccess access, PersonDirectory people, MemberMails mails, OfficialMailboxes mailboxes, AuditTrail audit, TimeProvider clock)
{
    public const int FewestOwners = 2;

    internal void AddFounder(Application application, AdminActor actor) => db.ApplicationMembers.Add(new()
    {
        ApplicationId = application.Id, Role = MemberRole.Owner, PersonId = actor.PersonId, AddedAt = application.CreatedAt, AddedBy = actor.Name,
    });

    /// <summary>The caller commits.</summary>
    internal async Task<ApplicationOutcome?> InviteAsync(Application application, MemberRole role, string typed, AdminActor actor, CancellationToken ct)
    {
        var mail = typed.Trim().ToLowerInvariant();
        if (!MailQueue.IsAddress(mail)) return ApplicationRefusal.MailIsWrong;
        var digest = mails.DigestOf(mail);
        if ((await mailboxes.OfPersonAsync(actor.PersonId, ct)).Contains(mail, StringComparer.OrdinalIgnoreCase)) return ApplicationRefusal.SecondOwnerIsYou;
        if (await db.ApplicationMembers.AnyAsync(m => m.ApplicationId == application.Id && m.MailDigest == digest && m.EndedAt == null, ct)) return ApplicationRefusal.IsMemberAlready;
        var member = new ApplicationMember
        {
            ApplicationId = application.Id, Role = role, MailDigest = digest, SealedMail = mails.Seal(application.Id, mail),
            AddedAt = clock.GetUtcNow(), AddedBy = actor.Name,
        };
        db.ApplicationMembers.Add(member);
        mails.Invite(application, mail);
        audit.Add("application.member_added", clientId: application.SandboxClientId, detail: $"{application.Id} {role} {member.Id}");
        return null;
    }

    public Task<ApplicationOutcome> AddAsync(AdminActor actor, Guid id, MemberRole role, string mail, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.View, async reached =>
    {
        if (!reached.May(ApplicationRights.Own) && !(reached.May(ApplicationRights.HandOver) && role == MemberRole.Owner)) return ApplicationRefusal.NotAllowed;
        return await InviteAsync(reached.Application, role, mail, actor, ct) ?? new ApplicationOutcome.Done(id);
    }, ct);

    /// <summary>One change at a time: two owners who remove each other at once would leave nobody.</summary>
    public Task<ApplicationOutcome> RemoveAsync(AdminActor actor, Guid id, Guid memberId, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.View, async reached =>
    {
        if (await db.ApplicationMembers.SingleOrDefaultAsync(m => m.Id == memberId && m.ApplicationId == id && m.EndedAt == null, ct) is not { } member) return ApplicationRefusal.NoSuchMember;
        // Who hands over may take out those who are gone, and nobody else.
        var gone = reached.May(ApplicationRights.HandOver) && member.PersonId is { } person && !await Present().AnyAsync(p => p == person, ct);
        if (!reached.May(ApplicationRights.Own) && !gone && member.PersonId != actor.PersonId) return ApplicationRefusal.NotAllowed;
        if (member.Role == MemberRole.Owner && await db.ApplicationMembers.CountAsync(m => m.ApplicationId == id && m.Role == MemberRole.Owner && m.EndedAt == null, ct) <= FewestOwners)
            return ApplicationRefusal.OwnersWouldBeFew;
        (member.EndedAt, member.EndedBy) = (clock.GetUtcNow(), actor.Name);
        audit.Add("application.member_removed", personId: member.PersonId, clientId: reached.Application.SandboxClientId, detail: $"{id} {member.Role} {memberId}");
        return new ApplicationOutcome.Done(id);
    }, ct);

    /// <summary>What waited for the mailbox of somebody who has just come.</summary>
    public async Task TakeUpAsync(Guid personId, IReadOnlyList<string> officialMails, CancellationToken ct)
    {
        var digests = officialMails.Select(mails.DigestOf).ToList();
        if (digests.Count == 0) return;
        foreach (var waiting in await db.ApplicationMembers.Where(m => m.PersonId == null && m.MailDigest != null && digests.Contains(m.MailDigest) && m.EndedAt == null).ToListAsync(ct))
        {
            waiting.PersonId = personId;
            audit.Add("application.member_taken_up", personId: personId, detail: $"{waiting.ApplicationId} {waiting.Role} {waiting.Id}");
        }
        await db.SaveChangesAsync(ct);
    }

    public async Task<IReadOnlyList<TeamMember>> ListAsync(ReachedApplication reached, CancellationToken ct)
    {
        var members = await db.ApplicationMembers.AsNoTracking().Where(m => m.ApplicationId == reached.Application.Id && m.EndedAt == null).OrderBy(m => m.Role).ThenBy(m => m.Id).ToListAsync(ct);
        var ids = members.Where(m => m.PersonId is not null).Select(m => m.PersonId!.Value).ToList();
        var present = await Present().Where(p => ids.Contains(p)).ToListAsync(ct);
        var facts = await people.SourcedAsync(ids, ct);
        return [.. members.Select(member => member.PersonId is { } person
            ? new TeamMember(member.Id, member.Role, NameOf(facts.GetValueOrDefault(person)), IsWaiting: false, HasLeft: !present.Contains(person), person == reached.Actor.PersonId)
            : new TeamMember(member.Id, member.Role, mails.Open(member), IsWaiting: true, HasLeft: false, IsYou: false))];
    }

    /// <summary>Different humans who answer for it now or are expected to.</summary>
    public async Task<int> OwnersAsync(Guid applicationId, CancellationToken ct)
    {
        var present = Present();
        var owners = db.ApplicationMembers.Where(m => m.ApplicationId == applicationId && m.Role == MemberRole.Owner && m.EndedAt == null);
        return await owners.Where(m => m.PersonId != null && present.Contains(m.PersonId.Value)).Select(m => m.PersonId).Distinct().CountAsync(ct) + await owners.CountAsync(m => m.PersonId == null, ct);
    }

    /// <summary>
    /// People who still work for the province: with a post or a role, and not away or gone. Begins with the few who have either, so that a
    /// list of all applications does not look at everybody; somebody with both is named twice.
    /// </summary>
    internal IQueryable<Guid> Present() => db.Affiliations.Where(a => a.Kind == AffiliationKind.Official && a.EndedAt == null && a.SuspendedAt == null).Select(a => a.PersonId)
        .Concat(db.RoleAssignments.Where(r => r.PersonId != null && r.EndedAt == null).Select(r => r.PersonId!.Value))
        .Where(id => !db.People.Any(p => p.Id == id && p.Status != PersonStatus.Active));

    private static string NameOf(IReadOnlyDictionary<string, SourcedValue>? facts) =>
        (facts?.GetValueOrDefault(AttributeNames.Name) ?? facts?.GetValueOrDefault(AttributeNames.Email))?.Value ?? "";
}

/// <param name="Name">Of the person; of one who is expected, the address.</param>
/// <param name="HasLeft">Suspended, closed, or without any post: somebody has to take over.</param>
public sealed record TeamMember(Guid Id, MemberRole Role, string Name, bool IsWaiting, bool HasLeft, bool IsYou);
