using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>Who may do what, to read: the newest first, only as far as the reader gives roles.</summary>
public sealed class RoleList(IdentityDb db, RoleBook book, PersonalDataVault vault, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>A glass that was broken stays in everybody's sight for so long.</summary>
    public static readonly TimeSpan BreakGlassMemory = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<RoleEntry>> ReadAsync(AdminActor actor, RoleFilter filter, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tree = await OrgTree.LoadAsync(db, ct);
        var rows = db.RoleAssignments.AsNoTracking();
        if (actor.Scope(Permission.GiveRoles, tree, now) is AdminScope.Units units) rows = rows.Where(r => r.UnitId != null && units.Ids.Contains(r.UnitId.Value));
        rows = filter.Ended ? rows.Where(r => r.EndedAt != null || r.ValidUntil <= now) : rows.Where(r => r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now) && (r.PersonId != null || r.MailDigest != null || r.ClientId != null));
        if (filter.Role is { } role) rows = rows.Where(r => r.Role == role);
        if (filter.After is { } after) rows = rows.Where(r => r.Id < after);
        return await DescribeAsync(rows.OrderByDescending(r => r.Id).Take(PageSize + 1), tree, ct);
    }

    /// <summary>What waits for a second person, one's own as well.</summary>
    public async Task<IReadOnlyList<RoleEntry>> ProposalsAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.GiveRoles)) return [];
        var now = clock.GetUtcNow();
        var rows = db.RoleAssignments.AsNoTracking().Where(r => r.PersonId == null && r.MailDigest == null && r.ClientId == null && r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now));
        return await DescribeAsync(rows.OrderBy(r => r.Id).Take(PageSize), tree: null, ct);
    }

    /// <summary>Null when there is none, or it lies outside.</summary>
    public async Task<RoleEntry?> FindAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        var tree = await OrgTree.LoadAsync(db, ct);
        var entries = await DescribeAsync(db.RoleAssignments.AsNoTracking().Where(r => r.Id == id), tree, ct);
        return entries is [var entry] && actor.May(Permission.GiveRoles, entry.Assignment.UnitId, tree, clock.GetUtcNow()) ? entry : null;
    }

    /// <summary>Broken glasses of late, for whoever gives roles in the whole province; one's own is no news.</summary>
    public async Task<IReadOnlyList<RoleEntry>> BrokenGlassesAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.GiveRoles)) return [];
        var since = clock.GetUtcNow() - BreakGlassMemory;
        var rows = db.RoleAssignments.AsNoTracking().Where(r => r.Kind == RoleAssignmentKind.BreakGlass && r.GivenAt > since && r.PersonId != actor.PersonId);
        return await DescribeAsync(rows.OrderByDescending(r => r.Id).Take(PageSize), tree: null, ct);
    }

    /// <summary>Requests for more that wait for an answer of this reader, and their own.</summary>
    public async Task<IReadOnlyList<ElevationEntry>> RequestsAsync(AdminActor actor, CancellationToken ct)
    {
        var (now, answers) = (clock.GetUtcNow(), actor.May(Permission.GiveRoles));
        var rows = await db.ElevationRequests.AsNoTracking().Where(e => e.DecidedAt == null && e.ExpiresAt > now && (answers || e.PersonId == actor.PersonId)).OrderBy(e => e.Id).Take(PageSize)
            .Select(e => new { Request = e, Name = db.PersonAttributes.Where(a => a.PersonId == e.PersonId && a.Name == AttributeNames.Name && a.SupersededAt == null).Select(a => a.SealedValue).FirstOrDefault() }).ToListAsync(ct);
        return [.. rows.Select(r => new ElevationEntry(r.Request, Open(r.Request.PersonId, r.Name), r.Request.PersonId == actor.PersonId))];
    }

    private async Task<IReadOnlyList<RoleEntry>> DescribeAsync(IQueryable<RoleAssignment> rows, OrgTree? tree, CancellationToken ct)
    {
        var found = await rows.Select(r => new { Assignment = r, Name = r.PersonId == null ? null : db.PersonAttributes
            .Where(a => a.PersonId == r.PersonId && a.Name == AttributeNames.Name && a.SupersededAt == null).Select(a => a.SealedValue).FirstOrDefault() }).ToListAsync(ct);
        var givers = await NamesAsync([.. found.SelectMany(f => (Guid?[])[PersonOf(f.Assignment.GivenBy), PersonOf(f.Assignment.ConfirmedBy)]).OfType<Guid>().Distinct()], ct);
        return [.. found.Select(f => new RoleEntry(f.Assignment, f.Assignment.PersonId is { } person ? Open(person, f.Name) : null, book.MailOf(f.Assignment),
            tree?.Unit(f.Assignment.UnitId), PersonOf(f.Assignment.GivenBy) is { } giver ? givers.GetValueOrDefault(giver) : null)
        {
            ConfirmerName = PersonOf(f.Assignment.ConfirmedBy) is { } confirmer ? givers.GetValueOrDefault(confirmer) : null,
        })];
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(IReadOnlyList<Guid> people, CancellationToken ct) => (await db.PersonAttributes.AsNoTracking()
            .Where(a => people.Contains(a.PersonId) && a.Name == AttributeNames.Name && a.SupersededAt == null).Select(a => new { a.PersonId, a.SealedValue }).ToListAsync(ct))
        .ToDictionary(a => a.PersonId, a => Open(a.PersonId, a.SealedValue)!);

    private string? Open(Guid person, string? sealedName) => sealedName is null ? null : vault.Open(VaultPurpose.Attribute, PersonDirectory.Context(person, AttributeNames.Name), sealedName);

    private static Guid? PersonOf(string? actor) => actor?.Split(':') is ["admin", var id] && Guid.TryParse(id, out var person) ? person : null;
}

public sealed record RoleFilter(AdminRole? Role = null, bool Ended = false, Guid? After = null);

/// <param name="PersonName">Null while it waits for a mailbox, or when nobody ever said a name.</param>
/// <param name="GiverName">Null when it was a command, or the name is not known; <see cref="RoleAssignment.GivenBy"/> then stands for itself.</param>
public sealed record RoleEntry(RoleAssignment Assignment, string? PersonName, string? Mail, OrgUnit? Unit, string? GiverName)
{
    /// <summary>Of the second person, where there was one.</summary>
    public string? ConfirmerName { get; init; }

    public override string ToString() => $"RoleEntry({Assignment.Id})";
}

public sealed record ElevationEntry(ElevationRequest Request, string? PersonName, bool IsOwn)
{
    public override string ToString() => $"ElevationEntry({Request.Id})";
}
