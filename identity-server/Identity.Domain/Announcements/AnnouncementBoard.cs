using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Announcements;

/// <summary>What is announced, in the memory of each node: no sign-in page asks the database. Read again with the configuration; begins and ends by the clock.</summary>
public sealed class AnnouncementBoard(TimeProvider clock)
{
    /// <summary>More would push the ways to sign in below the fold.</summary>
    public const int MostAtOnce = 3;

    private volatile IReadOnlyList<Announcement> _all = [];

    /// <summary>The newest first.</summary>
    /// <param name="offered">Ways to sign in on the page, with what people each is for.</param>
    public IReadOnlyList<Announcement> For(string? clientId, IReadOnlyCollection<(string Connector, bool IsOfficial)> offered)
    {
        var now = clock.GetUtcNow();
        return [.. _all.Where(a => a.IsShownAt(now) && (a.ClientId is null || a.ClientId == clientId) && (a.Connector is null || offered.Any(o => o.Connector == a.Connector)) && a.Audience switch
        {
            AnnouncementAudience.Citizens => offered.Any(o => !o.IsOfficial),
            AnnouncementAudience.Officials => offered.Any(o => o.IsOfficial),
            _ => true,
        }).Take(MostAtOnce)];
    }

    public async Task LoadAsync(IdentityDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        _all = await db.Announcements.AsNoTracking().Where(a => a.EndsAt > now).OrderByDescending(a => a.StartsAt).Take(100).ToListAsync(ct);
    }
}
