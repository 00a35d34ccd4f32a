using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>What ends within a time, the soonest first, as far as somebody may act on it. Signing keys follow each other by themselves and are listed to be known.</summary>
public sealed class Expiries(IdentityDb db, StatisticsAccess access, ProvinceEndings province, TimeProvider clock)
{
    public static readonly TimeSpan Sight = TimeSpan.FromDays(90);

    /// <summary>From here on it is somebody's work.</summary>
    public static readonly TimeSpan Urgent = TimeSpan.FromDays(14);

    public async Task<IReadOnlyList<Expiry>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var end = now + Sight;
        var reach = await access.ReachAsync(actor, ct);
        List<Expiry> all = [.. access.Within(reach).Where(c => c.Enabled).SelectMany(ClientEndings.All).Select(e => new Expiry(KindOf(e), e.Name, e.EndsAt))];
        if (actor.May(Permission.OperateConnectors))
            all.AddRange((await province.ConnectorsAsync(ct)).Where(e => e.Kind != EndingKind.UpstreamChanged).Select(e => new Expiry(KindOf(e), e.Name, e.EndsAt)));
        if (actor.May(Permission.RotateKeys))
            all.AddRange((await province.SigningKeysAsync(ct)).Where(e => e.EndsAt > now).Select(e => new Expiry(ExpiryKind.SigningKey, e.Name, e.EndsAt)));
        if (actor.May(Permission.Announce))
            all.AddRange((await db.Announcements.AsNoTracking().Where(a => a.EndsAt > now && a.EndsAt < end).Select(a => new { a.Id, a.EndsAt }).ToListAsync(ct))
                .Select(a => new Expiry(ExpiryKind.Announcement, a.Id.ToString(), a.EndsAt)));
        return [.. all.Where(e => e.At > now - Urgent && e.At < end).OrderBy(e => e.At)];
    }

    private static ExpiryKind KindOf(Ending ending) => ending.Kind switch
    {
        EndingKind.ClientSecret => ExpiryKind.ClientSecret,
        EndingKind.ClientCertificate => ExpiryKind.ClientCertificate,
        EndingKind.ClientKey => ExpiryKind.ClientKey,
        EndingKind.TrustAnchor => ExpiryKind.TrustAnchor,
        EndingKind.UpstreamMetadata => ExpiryKind.UpstreamMetadata,
        _ => ExpiryKind.ConnectorCertificate,
    };
}

public enum ExpiryKind
{
    ClientSecret,
    ConnectorCertificate,
    SigningKey,
    Announcement,
    ClientCertificate,
    ClientKey,
    TrustAnchor,
    UpstreamMetadata,
}

/// <param name="Name">Of the client, the connector, the algorithm or the announcement.</param>
public sealed record Expiry(ExpiryKind Kind, string Name, DateTimeOffset At)
{
    /// <summary>Keys have successors and announcements are meant to end; the others break something.</summary>
    public bool Breaks => Kind is not (ExpiryKind.SigningKey or ExpiryKind.Announcement);

    public bool IsOfClient => Kind is ExpiryKind.ClientSecret or ExpiryKind.ClientCertificate or ExpiryKind.ClientKey;

    public bool IsOfConnector => Breaks && !IsOfClient;
}
