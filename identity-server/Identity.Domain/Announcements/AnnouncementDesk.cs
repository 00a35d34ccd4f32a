using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Announcements;

/// <summary>Writes, changes and ends announcements. Every node shows the change within seconds.</summary>
public sealed class AnnouncementDesk(IdentityDb db, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>It has to fit on a phone above the ways to sign in, and within the page's budget.</summary>
    public const int LongestText = 280;

    /// <summary>What stands longer is no news; it belongs to the help pages.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(90);

    /// <summary>Running and coming ones first, then the past, a page after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<Announcement>> ListAsync(AdminActor actor, Guid? after, CancellationToken ct)
    {
        if (!actor.May(Permission.Announce)) return [];
        var rows = db.Announcements.AsNoTracking();
        if (after is { } last) rows = rows.Where(a => a.Id < last);
        return await rows.OrderByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(ct);
    }

    public Task<Announcement?> FindAsync(AdminActor actor, Guid id, CancellationToken ct) =>
        actor.May(Permission.Announce) ? db.Announcements.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) : Task.FromResult<Announcement?>(null);

    public async Task<AnnouncementRefusal?> AddAsync(AdminActor actor, AnnouncementDraft draft, CancellationToken ct)
    {
        if (ProblemOf(actor, draft) is { } problem) return problem;
        var announcement = new Announcement { Id = draft.Id, Vi = draft.Text.Vi, En = draft.Text.En, CreatedBy = actor.Name, CreatedAt = clock.GetUtcNow() };
        Write(announcement, draft);
        db.Announcements.Add(announcement);
        return await SaveAsync("announcement.made", announcement, ct);
    }

    /// <param name="version">Of the announcement that the form was made from.</param>
    public async Task<AnnouncementRefusal?> ChangeAsync(AdminActor actor, Guid id, int version, AnnouncementDraft draft, CancellationToken ct)
    {
        if (ProblemOf(actor, draft) is { } problem) return problem;
        if (await db.Announcements.SingleOrDefaultAsync(a => a.Id == id, ct) is not { } announcement) return AnnouncementRefusal.Unknown;
        if (announcement.Version != version) return AnnouncementRefusal.ChangedMeanwhile;
        Write(announcement, draft);
        announcement.Version++;
        return await SaveAsync("announcement.changed", announcement, ct);
    }

    /// <summary>Over now; what was said stays in the list.</summary>
    public async Task<AnnouncementRefusal?> EndAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!actor.May(Permission.Announce)) return AnnouncementRefusal.NotYours;
        if (await db.Announcements.SingleOrDefaultAsync(a => a.Id == id && a.EndsAt > now, ct) is not { } announcement) return AnnouncementRefusal.Unknown;
        announcement.EndsAt = now;
        announcement.Version++;
        return await SaveAsync("announcement.ended", announcement, ct);
    }

    private AnnouncementRefusal? ProblemOf(AdminActor actor, AnnouncementDraft draft) =>
        !actor.May(Permission.Announce) ? AnnouncementRefusal.NotYours
        : draft.Text.Vi.Length == 0 || draft.Text.En.Length == 0 ? AnnouncementRefusal.LanguageIsMissing
        : draft.Text.Vi.Length > LongestText || draft.Text.En.Length > LongestText ? AnnouncementRefusal.TooLong
        : draft.EndsAt <= draft.StartsAt || draft.EndsAt <= clock.GetUtcNow() || draft.EndsAt - draft.StartsAt > LongestTime ? AnnouncementRefusal.TimeDoesNotFit
        : draft.Connector is { } connector && registry.FindConnector(connector) is null ? AnnouncementRefusal.UnknownConnector
        : draft.ClientId is { } client && registry.FindClient(client) is null ? AnnouncementRefusal.UnknownClient
        : null;

    private static void Write(Announcement announcement, AnnouncementDraft draft)
    {
        (announcement.Vi, announcement.En, announcement.Audience) = (draft.Text.Vi, draft.Text.En, draft.Audience);
        (announcement.Connector, announcement.ClientId, announcement.StartsAt, announcement.EndsAt) = (draft.Connector, draft.ClientId, draft.StartsAt, draft.EndsAt);
    }

    private async Task<AnnouncementRefusal?> SaveAsync(string name, Announcement announcement, CancellationToken ct)
    {
        audit.Add(name, clientId: announcement.ClientId, connector: announcement.Connector, detail: $"{announcement.Id} version {announcement.Version} until {announcement.EndsAt:O}");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            await ConfigurationRevision.BumpAsync(db, ct);
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return AnnouncementRefusal.ChangedMeanwhile;
        }
        await transaction.CommitAsync(ct);
        return null;
    }
}

/// <summary>What a form says. The end is never left open.</summary>
public sealed record AnnouncementDraft(LocalizedText Text, AnnouncementAudience Audience, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    /// <summary>Of the announcement that comes of it; a change keeps its own.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string? Connector { get; init; }
    public string? ClientId { get; init; }
}

public enum AnnouncementRefusal
{
    NotYours,
    LanguageIsMissing,
    TooLong,

    /// <summary>Over already, the wrong way round, or longer than an announcement may stand.</summary>
    TimeDoesNotFit,
    UnknownConnector,
    UnknownClient,
    Unknown,

    /// <summary>Somebody else changed it since the form was made.</summary>
    ChangedMeanwhile,
}
