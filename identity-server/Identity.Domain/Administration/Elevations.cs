using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>More rights for some hours: asked for and granted by somebody else, or taken in an emergency, which nobody can do quietly.</summary>
public sealed class Elevations(IdentityDb db, RoleBook book, KnownContacts contacts, MailQueue mails, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Long enough to mend, short enough to be asked again.</summary>
    public static readonly TimeSpan BreakGlassLifetime = TimeSpan.FromHours(1);

    public static readonly MailTemplate BreakGlassLetter = new("mail.glass_broken", MailUrgency.Notice, TimeSpan.FromDays(1));

    private static readonly TimeSpan RequestLifetime = TimeSpan.FromHours(24);

    /// <summary>What this person may ask for; null when no role that they hold for good allows it.</summary>
    public static AdminRole? OpenTo(AdminActor actor) => actor.Roles
        .Where(r => r is { Kind: RoleAssignmentKind.Standing, UnitId: null }).Select(r => AdminRoles.ElevationOf(r.Role)).OfType<AdminRole>()
        .Where(role => !actor.Roles.Any(r => r.Role == role && r.UnitId is null)).Cast<AdminRole?>().FirstOrDefault();

    public async Task<RoleRefusal?> AskAsync(AdminActor actor, int hours, string reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (OpenTo(actor) is not { } role) return RoleRefusal.NoElevation;
        if (hours < 1 || TimeSpan.FromHours(hours) > RoleBook.LongestElevation) return RoleRefusal.TimeDoesNotFit;
        if (reason.Trim().Length == 0) return RoleRefusal.ReasonIsMissing;
        if (await db.ElevationRequests.AnyAsync(e => e.PersonId == actor.PersonId && e.DecidedAt == null && e.ExpiresAt > now, ct)) return RoleRefusal.AskedAlready;
        db.ElevationRequests.Add(new() { PersonId = actor.PersonId, Role = role, Hours = hours, Reason = reason.Trim(), AskedAt = now, ExpiresAt = now + RequestLifetime });
        audit.Add("elevation.asked", personId: actor.PersonId, detail: $"{role} for {hours} h");
        await db.SaveChangesAsync(ct);
        return null;
    }

    public async Task<RoleRefusal?> DecideAsync(AdminActor actor, Guid requestId, bool grant, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        if (!actor.May(Permission.GiveRoles)) return RoleRefusal.NotYours;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ElevationRequests.AsNoTracking().SingleOrDefaultAsync(e => e.Id == requestId, ct) is not { } request) return RoleRefusal.UnknownRole;
        if (request.PersonId == actor.PersonId) return RoleRefusal.Oneself;
        // Two may answer at once; the row count says whose answer it was.
        if (await db.ElevationRequests.Where(e => e.Id == requestId && e.DecidedAt == null && e.ExpiresAt > now).ExecuteUpdateAsync(set => set
                .SetProperty(e => e.DecidedAt, now).SetProperty(e => e.DecidedBy, actor.Name).SetProperty(e => e.Granted, grant), ct) == 0) return RoleRefusal.Answered;
        audit.Add(grant ? "elevation.granted" : "elevation.declined", personId: request.PersonId, detail: $"{request.Role} for {request.Hours} h");
        if (grant && await GiveAsync(request.PersonId, RoleAssignmentKind.Elevation, TimeSpan.FromHours(request.Hours), (request.Role, request.Reason), actor.Name, ct) is { } refusal) return refusal;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>At once, by oneself, for an hour. Everybody who gives roles gets a mail in the same transaction and finds it in their work.</summary>
    public async Task<RoleRefusal?> BreakGlassAsync(AdminActor actor, string reason, CancellationToken ct)
    {
        if (OpenTo(actor) is not { } role) return RoleRefusal.NoElevation;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await GiveAsync(actor.PersonId, RoleAssignmentKind.BreakGlass, BreakGlassLifetime, (role, reason), actor.Name, ct) is { } refusal) return refusal;
        audit.Add("elevation.glass_broken", personId: actor.PersonId, detail: role.ToString());
        foreach (var giver in await GiversAsync(actor.PersonId, ct))
            foreach (var address in await contacts.AddressesAsync(giver, ct))
                mails.Add(BreakGlassLetter, address, language: null, new Dictionary<string, string> { ["at"] = clock.GetUtcNow().ToString("O") });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private Task<RoleRefusal?> GiveAsync(Guid person, RoleAssignmentKind kind, TimeSpan lifetime, (AdminRole Role, string Reason) what, string givenBy, CancellationToken ct) =>
        book.GiveAsync(new RoleGift(what.Role, what.Reason) { Kind = kind, PersonId = person, ValidUntil = clock.GetUtcNow() + lifetime }, givenBy, ct);

    private Task<List<Guid>> GiversAsync(Guid except, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var roles = Enum.GetValues<AdminRole>().Where(r => AdminRoles.PermissionsOf(r).Contains(Permission.GiveRoles)).ToArray();
        return db.RoleAssignments.AsNoTracking().Where(r => roles.Contains(r.Role) && r.UnitId == null && r.PersonId != null && r.PersonId != except && r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now))
            .Select(r => r.PersonId!.Value).Distinct().ToListAsync(ct);
    }
}
