using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>What ends within a time, the soonest first, as far as somebody may act on it. Signing keys follow each other by themselves and are listed to be known.</summary>
public sealed class Expiries(IdentityDb db, ClientRegistry registry, StatisticsAccess access, TimeProvider clock)
{
    public static readonly TimeSpan Sight = TimeSpan.FromDays(90);

    /// <summary>From here on it is somebody's work.</summary>
    public static readonly TimeSpan Urgent = TimeSpan.FromDays(14);

    public async Task<IReadOnlyList<Expiry>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var end = now + Sight;
        var reach = await access.ReachAsync(actor, ct);
        List<Expiry> all = [.. access.Applications(reach).Where(c => c.Enabled).SelectMany(c => c.Secrets, (c, s) => new Expiry(ExpiryKind.ClientSecret, c.ClientId, s.ExpiresAt ?? DateTimeOffset.MaxValue))];
        if (actor.May(Permission.OperateConnectors))
            all.AddRange((await db.ConnectorChecks.AsNoTracking().Where(c => c.CertificateUntil != null && c.CertificateUntil < end).ToListAsync(ct)).Where(c => registry.FindConnector(c.Connector) is { Enabled: true })
                .Select(c => new Expiry(ExpiryKind.ConnectorCertificate, c.Connector, c.CertificateUntil!.Value)));
        if (actor.May(Permission.RotateKeys))
            all.AddRange((await db.SigningKeys.AsNoTracking().Where(k => k.RemovedAt == null && k.RetiresAt != null && k.RetiresAt > now).Select(k => new { k.Algorithm, k.RetiresAt }).ToListAsync(ct))
                .Select(k => new Expiry(ExpiryKind.SigningKey, k.Algorithm, k.RetiresAt!.Value)));
        if (actor.May(Permission.Announce))
            all.AddRange((await db.Announcements.AsNoTracking().Where(a => a.EndsAt > now && a.EndsAt < end).Select(a => new { a.Id, a.EndsAt }).ToListAsync(ct))
                .Select(a => new Expiry(ExpiryKind.Announcement, a.Id.ToString(), a.EndsAt)));
        return [.. all.Where(e => e.At > now - Urgent && e.At < end).OrderBy(e => e.At)];
    }
}

public enum ExpiryKind
{
    ClientSecret,
    ConnectorCertificate,
    SigningKey,
    Announcement,
}

/// <param name="Name">Of the client, the connector, the algorithm or the announcement.</param>
public sealed record Expiry(ExpiryKind Kind, string Name, DateTimeOffset At)
{
    /// <summary>Keys have successors and announcements are meant to end; the others break something.</summary>
    public bool Breaks => Kind is ExpiryKind.ClientSecret or ExpiryKind.ConnectorCertificate;
}
