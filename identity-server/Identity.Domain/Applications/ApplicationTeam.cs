using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>
/// Who works on an application: each human being once. Two owners at least, one of whom may be expected for a while, so that nothing is orphaned when a
/// person leaves; into production with two who have been here.
/// </summary>
public sealed class ApplicationTeam(IdentityDb db, ApplicationAccess access, PersonDirectory people, MemberMails mails, OfficialMailboxes mailboxes, AuditTrail audit, TimeProvider clock)
{
    public const int FewestOwners = 2;

    /// <summary>An invitation that nobody has taken up by then is none any more: its mailbox may be nobody's, or another one's by now.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(30);

    internal void AddFounder(Application application, AdminActor actor) => db.ApplicationMembers.Add(new()
    {
        ApplicationId = application.Id, Role = MemberRole.Owner, PersonId = actor.Human, ServiceAccount = actor.ServiceAccount, AddedAt = application.CreatedAt, AddedBy = actor.Name,
    });

    /// <summary>The caller commits.</summary>
    internal async Task<ApplicationOutcome?> InviteAsync(Application application, MemberRole role, string typed, AdminActor actor, CancellationToken ct)
    {
        var mail = typed.Trim().ToLowerInvariant();
        if (!MailQueue.IsAddress(mail)) return ApplicationRefusal.MailIsWrong;
        var digest = mails.DigestOf(mail);
        if ((await mailboxes.OfPersonAsync(actor.PersonId, ct)).Contains(mail, StringComparer.OrdinalIgnoreCase)) return ApplicationRefusal.SecondOwnerIsYou;
        if (await mailboxes.HolderOfAsync(mail, ct) is { } holder && await db.ApplicationMembers.AnyAsync(m => m.ApplicationId == application.Id && m.PersonId == holder && m.Role <= role && m.EndedAt == null, ct))
            return ApplicationRefusal.IsMemberAlready;
        if (await db.ApplicationMembers.SingleOrDefaultAsync(m => m.ApplicationId == application.Id && m.MailDigest == digest && m.EndedAt == null, ct) is { } before)
        {
            if (!IsExpired(before)) return ApplicationRefusal.IsMemberAlready;
            End(before, actor.Name, "application.member_removed", application.SandboxClientId);
            // The index over invitations must see the old one leave before the new one comes.
            await db.SaveChangesAsync(ct);
        }
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
        var isOneself = actor.IsMachine ? member.ServiceAccount == actor.ServiceAccount : member.PersonId == actor.PersonId;
        // Who hands over may take out those who are gone, and nobody else.
        var gone = reached.May(ApplicationRights.HandOver) && member.PersonId is { } person && !await Present().AnyAsync(p => p == person, ct);
        if (!reached.May(ApplicationRights.Own) && !gone && !isOneself) return ApplicationRefusal.NotAllowed;
        if (member is { Role: MemberRole.Owner, ServiceAccount: null } && await WouldBeFewAsync(member, ct)) return ApplicationRefusal.OwnersWouldBeFew;
        End(member, actor.Name, "application.member_removed", reached.Application.SandboxClientId);
        return new ApplicationOutcome.Done(id);
    }, ct);

    /// <summary>What waited for the mailbox of somebody who has just come. One at a time: two mailboxes of one person would make two members of them.</summary>
    public async Task TakeUpAsync(Guid personId, IReadOnlyList<string> officialMails, CancellationToken ct)
    {
        var (digests, since) = (officialMails.Select(mails.DigestOf).ToList(), clock.GetUtcNow() - InvitationLifetime);
        var waiting = db.ApplicationMembers.Where(m => m.PersonId == null && m.MailDigest != null && digests.Contains(m.MailDigest) && m.EndedAt == null && m.AddedAt > since);
        if (digests.Count == 0 || !await waiting.AnyAsync(ct)) return;
        await StorageLock.RunAsync(db, StorageLockName.Configuration, async () =>
        {
            foreach (var invitation in await waiting.ToListAsync(ct)) await TakeUpAsync(invitation, personId, ct);
            return true;
        }, ct);
    }

    public async Task<IReadOnlyList<TeamMember>> ListAsync(ReachedApplication reached, CancellationToken ct)
    {
        var members = await db.ApplicationMembers.AsNoTracking().Where(m => m.ApplicationId == reached.Application.Id && m.EndedAt == null).OrderBy(m => m.Role).ThenBy(m => m.Id).ToListAsync(ct);
        var ids = members.Where(m => m.PersonId is not null).Select(m => m.PersonId!.Value).ToList();
        var present = await Present().Where(p => ids.Contains(p)).ToListAsync(ct);
        var facts = await people.SourcedAsync(ids, ct);
        return [.. members.Select(member => member.PersonId is { } person
            ? new TeamMember(member.Id, member.Role, NameOf(facts.GetValueOrDefault(person)), IsWaiting: false, HasLeft: !present.Contains(person), person == reached.Actor.PersonId)
            : member.ServiceAccount is { } account ? new TeamMember(member.Id, member.Role, account, IsWaiting: false, HasLeft: false, account == reached.Actor.ServiceAccount) { IsMachine = true }
            : new TeamMember(member.Id, member.Role, mails.Open(member), IsWaiting: true, HasLeft: false, IsYou: false) { InvitedUntil = member.AddedAt + InvitationLifetime, IsExpired = IsExpired(member) })];
    }

    /// <summary>Different humans who answer for it now or are expected to.</summary>
    public Task<int> OwnersAsync(Guid applicationId, CancellationToken ct) =>
        CountedOwners().Where(m => m.ApplicationId == applicationId).Select(m => m.PersonId ?? m.Id).Distinct().CountAsync(ct);

    /// <summary>Those of them who have been here: an address that was only written down stands for nobody.</summary>
    public Task<int> KnownOwnersAsync(Guid applicationId, CancellationToken ct) =>
        CountedOwners().Where(m => m.ApplicationId == applicationId && m.PersonId != null).Select(m => m.PersonId).Distinct().CountAsync(ct);

    /// <summary>Owners who are present, and invitations that may still be taken up.</summary>
    internal IQueryable<ApplicationMember> CountedOwners()
    {
        var (present, since) = (Present(), clock.GetUtcNow() - InvitationLifetime);
        return db.ApplicationMembers.Where(m => m.Role == MemberRole.Owner && m.EndedAt == null && m.ServiceAccount == null && ((m.PersonId == null && m.AddedAt > since) || (m.PersonId != null && present.Contains(m.PersonId.Value))));
    }

    /// <summary>
    /// People who still work for the province: in a post, or with a role and never in any, and not away or gone. A role that nobody has
    /// ended yet does not keep here who has lost the post. Begins with the few who have either, so that a list of all applications does
    /// not look at everybody.
    /// </summary>
    internal IQueryable<Guid> Present() => db.Affiliations.Where(a => a.Kind == AffiliationKind.Official && a.EndedAt == null && a.SuspendedAt == null).Select(a => a.PersonId)
        .Concat(db.RoleAssignments.Where(r => r.PersonId != null && r.EndedAt == null && !db.Affiliations.Any(a => a.PersonId == r.PersonId && a.Kind == AffiliationKind.Official)).Select(r => r.PersonId!.Value))
        .Where(id => !db.People.Any(p => p.Id == id && p.Status != PersonStatus.Active));

    /// <summary>Whoever does not count any more may go as long as others are named; of those who count, two stay.</summary>
    private async Task<bool> WouldBeFewAsync(ApplicationMember member, CancellationToken ct)
    {
        var owners = db.ApplicationMembers.Where(m => m.ApplicationId == member.ApplicationId && m.Role == MemberRole.Owner && m.ServiceAccount == null && m.EndedAt == null);
        var counted = CountedOwners().Where(m => m.ApplicationId == member.ApplicationId);
        return await owners.CountAsync(ct) <= FewestOwners
            || (await counted.AnyAsync(m => m.Id == member.Id, ct) && await counted.Where(m => m.Id != member.Id).Select(m => m.PersonId ?? m.Id).Distinct().CountAsync(ct) < FewestOwners);
    }

    /// <summary>Of what somebody has and what they were invited to, the stronger role stays.</summary>
    private async Task TakeUpAsync(ApplicationMember invitation, Guid personId, CancellationToken ct)
    {
        var held = await db.ApplicationMembers.Where(m => m.ApplicationId == invitation.ApplicationId && m.PersonId == personId && m.EndedAt == null).ToListAsync(ct);
        var isLess = held.Exists(m => m.Role <= invitation.Role);
        foreach (var lesser in isLess ? [invitation] : held) End(lesser, AdminActor.NameOf(personId), "application.member_merged");
        if (!isLess)
        {
            invitation.PersonId = personId;
            audit.Add("application.member_taken_up", personId: personId, detail: $"{invitation.ApplicationId} {invitation.Role} {invitation.Id}");
        }
        await db.SaveChangesAsync(ct);
    }

    private void End(ApplicationMember member, string by, string name, string? clientId = null)
    {
        (member.EndedAt, member.EndedBy) = (clock.GetUtcNow(), by);
        audit.Add(name, personId: member.PersonId, clientId: clientId, detail: $"{member.ApplicationId} {member.Role} {member.Id}");
    }

    private bool IsExpired(ApplicationMember member) => member is { PersonId: null, ServiceAccount: null } && member.AddedAt + InvitationLifetime <= clock.GetUtcNow();

    private static string NameOf(IReadOnlyDictionary<string, SourcedValue>? facts) =>
        (facts?.GetValueOrDefault(AttributeNames.Name) ?? facts?.GetValueOrDefault(AttributeNames.Email))?.Value ?? "";
}

/// <param name="Name">Of the person; of one who is expected, the address; of a service account, its client.</param>
/// <param name="HasLeft">Suspended, closed, or without any post: somebody has to take over.</param>
public sealed record TeamMember(Guid Id, MemberRole Role, string Name, bool IsWaiting, bool HasLeft, bool IsYou)
{
    /// <summary>Of somebody who is expected: how long the invitation may be taken up.</summary>
    public DateTimeOffset? InvitedUntil { get; init; }

    public bool IsExpired { get; init; }
    public bool IsMachine { get; init; }
}
