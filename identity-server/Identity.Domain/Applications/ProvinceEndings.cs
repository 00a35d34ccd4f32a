using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Applications;

/// <summary>What of the connectors and of our own signing keys ends, whenever that is or was.</summary>
public sealed class ProvinceEndings(IdentityDb db, ClientRegistry registry, IOptions<SigningKeyOptions> options)
{
    public async Task<IReadOnlyList<Ending>> ConnectorsAsync(CancellationToken ct)
    {
        var watches = await db.ConnectorWatches.AsNoTracking().ToDictionaryAsync(w => w.Connector, ct);
        var checks = await db.ConnectorChecks.AsNoTracking().Where(c => c.CertificateUntil != null).ToDictionaryAsync(c => c.Connector, c => c.CertificateUntil, ct);
        return [.. registry.Document.Connectors.Where(c => c.Enabled).SelectMany(c => Of(c.Name, watches.GetValueOrDefault(c.Name), checks.GetValueOrDefault(c.Name)))];
    }

    /// <summary>A key whose successor is announced has an heir; the one that has none ends with its interval.</summary>
    public async Task<IReadOnlyList<Ending>> SigningKeysAsync(CancellationToken ct)
    {
        var keys = await db.SigningKeys.AsNoTracking().Where(k => k.RemovedAt == null).Select(k => new { k.KeyId, k.Algorithm, k.ActivatesAt, k.RetiresAt }).ToListAsync(ct);
        var newest = keys.GroupBy(k => k.Algorithm).Select(g => g.MaxBy(k => k.ActivatesAt)!.KeyId).ToHashSet(StringComparer.Ordinal);
        return [.. keys.Select(k => new Ending(EndingKind.SigningKey, k.Algorithm, Ending.SubjectOf(EndingKind.SigningKey, k.Algorithm, k.KeyId), k.RetiresAt ?? k.ActivatesAt + options.Value.RotationInterval)
        {
            HasHeir = !newest.Contains(k.KeyId),
        })];
    }

    private static IEnumerable<Ending> Of(string name, ConnectorWatch? watch, DateTimeOffset? checkedUntil)
    {
        Ending Made(EndingKind kind, DateTimeOffset thing, DateTimeOffset end) => new(kind, name, Ending.SubjectOf(kind, name, $"{thing.UtcTicks}"), end);

        if ((watch?.CertificateUntil ?? checkedUntil) is { } certificate) yield return Made(EndingKind.ConnectorCertificate, certificate, certificate);
        if (watch?.AnchorUntil is { } anchor) yield return Made(EndingKind.TrustAnchor, anchor, anchor);
        if (watch?.UnreadableSince is { } since) yield return Made(EndingKind.UpstreamMetadata, since, since + ConnectorWatch.UsableInNeed);
        if (watch?.ChangedAt is { } changed) yield return Made(EndingKind.UpstreamChanged, changed, changed + ConnectorWatch.NewsFor);
    }
}
