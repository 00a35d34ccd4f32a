using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Identity.Domain.Organisations;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>Who holds which role, from when to when. Every change is one transaction with its row in the trail.</summary>
public sealed class RoleBook(IdentityDb db, PersonalDataVault vault, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The longest that an elevation or a broken glass may last.</summary>
    public static readonly TimeSpan LongestElevation = TimeSpan.FromHours(8);

    private const int LongestReason = 2_000;

    /// <summary>Everything that decides about a request of this person.</summary>
    public async Task<AdminActor> ActorAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var roles = await db.RoleAssignments.AsNoTracking().Where(r => r.PersonId == personId && r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now))
            .OrderBy(r => r.Id).Select(r => new HeldRole(r.Id, r.Role, r.UnitId, r.Kind, r.ValidUntil)).ToListAsync(ct);
        var standings = await db.Affiliations.AsNoTracking().Where(a => a.PersonId == personId && a.Kind == AffiliationKind.Official && a.OrgUnitId != null && a.EndedAt == null).ToListAsync(ct);
        return new AdminActor(personId, roles, [.. standings.Where(a => a.IsLiveAt(now)).Select(a => a.OrgUnitId!.Value).Distinct()]);
    }

    /// <summary>The same for a service account, which is no official of any unit.</summary>
    public async Task<AdminActor> ServiceActorAsync(string clientId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var roles = await db.RoleAssignments.AsNoTracking().Where(r => r.ClientId == clientId && r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now))
            .OrderBy(r => r.Id).Select(r => new HeldRole(r.Id, r.Role, r.UnitId, r.Kind, r.ValidUntil)).ToListAsync(ct);
        return new AdminActor(Guid.Empty, roles, []) { ServiceAccount = clientId };
    }

    /// <summary>Takes up what was given to an official mailbox of this person before they came.</summary>
    /// <remarks>Nobody takes up what they gave or confirmed: it would be a role given to oneself, by way of one's own mailbox.</remarks>
    /// <param name="mails">Addresses that an official-mail connector vouches for; nobody else's word counts.</param>
    public async Task TakeUpAsync(Guid personId, IEnumerable<string> mails, CancellationToken ct)
    {
        var digests = mails.Select(MailDigest).ToList();
        if (digests.Count == 0) return;
        var self = AdminActor.NameOf(personId);
        var waiting = await db.RoleAssignments.Where(r => r.PersonId == null && r.MailDigest != null && digests.Contains(r.MailDigest) && r.EndedAt == null && r.GivenBy != self && r.ConfirmedBy != self).ToListAsync(ct);
        foreach (var assignment in waiting)
        {
            assignment.PersonId = personId;
            audit.Add("role.taken_up", personId: personId, detail: Describe(assignment));
        }
        if (waiting.Count > 0) await db.SaveChangesAsync(ct);
    }

    /// <returns>Null when it was given.</returns>
    public async Task<RoleRefusal?> GiveAsync(RoleGift gift, string givenBy, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (gift.Reason.Trim().Length is 0 or > LongestReason) return RoleRefusal.ReasonIsMissing;
        if (AdminRoles.IsForAgency(gift.Role) != gift.UnitId is not null) return RoleRefusal.AgencyDoesNotFit;
        if (gift.ValidUntil <= now || (gift.Kind != RoleAssignmentKind.Standing && !(gift.ValidUntil <= now + LongestElevation))) return RoleRefusal.TimeDoesNotFit;
        if (gift.UnitId is { } unit && !await db.OrgUnits.AnyAsync(u => u.Id == unit && (u.ValidTo == null || u.ValidTo > now), ct)) return RoleRefusal.UnknownUnit;
        if (gift.PersonId is { } person && !await db.People.AnyAsync(p => p.Id == person, ct)) return RoleRefusal.UnknownPerson;
        if (gift.ClientId is { } client && !await db.ConfigurationItems.AnyAsync(i => i.Kind == ConfigurationStore.ClientKind && i.Name == client, ct)) return RoleRefusal.UnknownClient;
        if (((object?[])[gift.PersonId, gift.Mail, gift.ClientId]).Count(holder => holder is not null) != 1) return RoleRefusal.UnknownPerson;
        var assignment = new RoleAssignment
        {
            Id = gift.Id, Role = gift.Role, Kind = gift.Kind, PersonId = gift.PersonId, ClientId = gift.ClientId, UnitId = gift.UnitId, GivenBy = givenBy, GivenAt = now, ValidUntil = gift.ValidUntil, Reason = gift.Reason.Trim(),
            MailDigest = gift.Mail is null || gift.IsProposed ? null : MailDigest(gift.Mail),
            SealedMail = gift.Mail is null ? null : vault.Seal(VaultPurpose.RoleMail, gift.Role.ToString(), gift.Mail),
        };
        db.RoleAssignments.Add(assignment);
        audit.Add(gift.IsProposed ? "role.proposed" : "role.given", personId: gift.PersonId, clientId: gift.ClientId, detail: Describe(assignment));
        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>
    /// The last administrator of the province stays: nobody could give the role again. One end at a time, or two administrators who end each
    /// other at the same moment would each still see the other.
    /// </summary>
    /// <returns>Null when it ended.</returns>
    public Task<RoleRefusal?> EndAsync(Guid assignmentId, string endedBy, CancellationToken ct) => StorageLock.RunAsync(db, StorageLockName.Roles, async () =>
    {
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.RoleAssignments.AsNoTracking().SingleOrDefaultAsync(r => r.Id == assignmentId && r.EndedAt == null, ct) is not { } assignment) return RoleRefusal.UnknownRole;
        if (assignment is { Role: AdminRole.Administrator, Kind: RoleAssignmentKind.Standing, IsProposed: false } && !await db.RoleAssignments.AnyAsync(r =>
                r.Id != assignmentId && r.Role == AdminRole.Administrator && r.Kind == RoleAssignmentKind.Standing && r.PersonId != null && r.EndedAt == null && r.ValidUntil == null, ct))
            return RoleRefusal.LastAdministrator;
        await db.RoleAssignments.Where(r => r.Id == assignmentId).ExecuteUpdateAsync(set => set.SetProperty(r => r.EndedAt, now).SetProperty(r => r.EndedBy, endedBy), ct);
        audit.Add("role.ended", personId: assignment.PersonId, clientId: assignment.ClientId, detail: Describe(assignment));
        await db.SaveChangesAsync(ct);
        return (RoleRefusal?)null;
    }, ct);

    /// <summary>The mailbox that an assignment waits for.</summary>
    public string? MailOf(RoleAssignment assignment) => assignment.SealedMail is { } mail ? vault.Open(VaultPurpose.RoleMail, assignment.Role.ToString(), mail) : null;

    internal string MailDigest(string mail) => vault.Digest(VaultPurpose.RoleMailLookup, mail.Trim().ToLowerInvariant());

    internal static string Describe(RoleAssignment assignment) =>
        $"{assignment.Role} {assignment.Kind} {assignment.Id}{(assignment.UnitId is { } unit ? $" unit {unit}" : "")}{(assignment.ValidUntil is { } until ? $" until {until:O}" : "")}";
}

/// <summary>Exactly one of person, mail and client is set.</summary>
public sealed record RoleGift(AdminRole Role, string Reason)
{
    /// <summary>Of the assignment that comes of it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public RoleAssignmentKind Kind { get; init; }
    public Guid? PersonId { get; init; }
    public string? Mail { get; init; }
    public string? ClientId { get; init; }
    public Guid? UnitId { get; init; }
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>With a mailbox, and given only when a second person says so.</summary>
    public bool IsProposed { get; init; }
}

public enum RoleRefusal
{
    ReasonIsMissing,

    /// <summary>A role of one agency without one, or a role of the province with one.</summary>
    AgencyDoesNotFit,

    /// <summary>Over already, or an elevation without an end or with one that is too far.</summary>
    TimeDoesNotFit,
    UnknownUnit,
    UnknownPerson,
    UnknownClient,

    /// <summary>Not there, or ended before.</summary>
    UnknownRole,
    LastAdministrator,

    /// <summary>Outside what whoever acts may give or end.</summary>
    NotYours,

    /// <summary>To whoever gives or confirms it, or by whoever asked for it.</summary>
    Oneself,

    /// <summary>No role that they hold for good may be raised.</summary>
    NoElevation,

    /// <summary>An earlier request is still open.</summary>
    AskedAlready,

    /// <summary>Answered by somebody else meanwhile, or too old.</summary>
    Answered,

    /// <summary>A second person is somebody else.</summary>
    OwnProposal,

    /// <summary>No address of official mail.</summary>
    MailIsMissing,

    /// <summary>Neither of a person in office in the giver's tree nor of a post there: what an agency gives, it gives to its own people.</summary>
    MailIsNotOfTheAgency,
}
