using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>Keeps what is known about the upstreams from outside. The looking itself takes its time, so it happens under no lock: one node claims what is due, looks, and notes.</summary>
public sealed class ConnectorWatches(IdentityDb db, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Long before <see cref="ConnectorWatch.UsableInNeed"/> is over, and rare enough for a directory that notices every line.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(6);

    /// <summary>The connectors that are due and from here on this node's to look at.</summary>
    public async Task<IReadOnlyList<string>> ClaimAsync(CancellationToken ct)
    {
        List<string> claimed = [];
        await StorageLock.TryRunAsync(db, StorageLockName.ConnectorWatches, async () =>
        {
            var now = clock.GetUtcNow();
            var rows = await db.ConnectorWatches.ToDictionaryAsync(w => w.Connector, ct);
            foreach (var name in registry.Document.Connectors.Where(c => c.Enabled && c.Protocol is not (ConnectorProtocol.Password or ConnectorProtocol.Passkey)).Select(c => c.Name))
            {
                if (rows.TryGetValue(name, out var row) && row.LookedAt > now - Period) continue;
                if (row is null) db.ConnectorWatches.Add(row = new() { Connector = name });
                row.LookedAt = now;
                claimed.Add(name);
            }
            return await db.SaveChangesAsync(ct);
        }, ct);
        return claimed;
    }

    public async Task NoteAsync(ConnectorSight sight, CancellationToken ct)
    {
        if (registry.FindConnector(sight.Connector) is not { } connector) return;
        var row = await db.ConnectorWatches.SingleOrDefaultAsync(w => w.Connector == sight.Connector, ct);
        if (row is null) db.ConnectorWatches.Add(row = new() { Connector = sight.Connector, LookedAt = clock.GetUtcNow() });
        var settings = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(connector.Settings.GetRawText())));
        // A server that does not answer today has not lost its certificate.
        (row.CertificateUntil, row.AnchorUntil) = (sight.CertificateUntil ?? (row.SettingsDigest == settings ? row.CertificateUntil : null), sight.AnchorUntil);
        if (sight.IsReadable is { } readable) NotePublished(row, sight, readable, isOurs: row.SettingsDigest != settings);
        row.SettingsDigest = settings;
        await db.SaveChangesAsync(ct);
    }

    private void NotePublished(ConnectorWatch row, ConnectorSight sight, bool readable, bool isOurs)
    {
        var now = clock.GetUtcNow();
        if (!readable)
        {
            if (row.UnreadableSince is null) audit.Add("connector.metadata_unreadable", connector: row.Connector, detail: sight.Problem);
            row.UnreadableSince ??= now;
            return;
        }
        if (row.UnreadableSince is not null) audit.Add("connector.metadata_readable", connector: row.Connector);
        row.UnreadableSince = null;
        if (!isOurs && row.MetadataDigest is not null && row.MetadataDigest != sight.MetadataDigest)
        {
            row.ChangedAt = now;
            audit.Add("connector.metadata_changed", connector: row.Connector);
        }
        // Keys change by themselves and nobody has to do anything; the trail knows when.
        if (!isOurs && row.KeysDigest is not null && row.KeysDigest != sight.KeysDigest) audit.Add("connector.keys_changed", connector: row.Connector);
        (row.MetadataDigest, row.KeysDigest) = (sight.MetadataDigest, sight.KeysDigest);
    }
}
