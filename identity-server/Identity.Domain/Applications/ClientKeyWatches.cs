using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>
/// Keeps what is known about the addresses at which applications in production publish their keys. The looking itself takes its time, so
/// it happens under no lock: one node claims what is due, looks, and notes.
/// </summary>
public sealed class ClientKeyWatches(IdentityDb db, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    public static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <summary>A little less than an hour, because the work comes by every hour: what has failed is soon told, and what is mended soon off the lists.</summary>
    public static readonly TimeSpan PeriodAfterFailure = TimeSpan.FromMinutes(55);

    /// <summary>As many as one node looks at within its hour even when all of them let it wait; the others are due an hour later.</summary>
    private const int MostAtOnce = 400;

    /// <summary>The clients that are due and from here on this node's to look at.</summary>
    public async Task<IReadOnlyList<Client>> ClaimAsync(CancellationToken ct)
    {
        List<Client> claimed = [];
        await StorageLock.TryRunAsync(db, StorageLockName.ClientKeyWatches, async () =>
        {
            var now = clock.GetUtcNow();
            var rows = await db.ClientKeyWatches.ToDictionaryAsync(w => w.ClientId, ct);
            foreach (var client in registry.Document.Clients.Where(IsWatched))
            {
                if (claimed.Count == MostAtOnce) break;
                var (row, digest) = (rows.GetValueOrDefault(client.ClientId), DigestOf(client));
                if (row is not null && row.AddressDigest == digest && row.LookedAt > now - (row.FailedLooks > 0 ? PeriodAfterFailure : Period)) continue;
                if (row is null) db.ClientKeyWatches.Add(row = new() { ClientId = client.ClientId, AddressDigest = digest });
                if (row.AddressDigest != digest) (row.AddressDigest, row.FailedLooks, row.UnusableSince, row.CertificateUntil, row.KeyUntil) = (digest, 0, null, null, null);
                row.LookedAt = now;
                claimed.Add(client);
            }
            return await db.SaveChangesAsync(ct);
        }, ct);
        return claimed;
    }

    public async Task NoteAsync(ClientKeySight sight, CancellationToken ct)
    {
        var (id, digest) = (sight.Client.ClientId, DigestOf(sight.Client));
        // Nobody asks any more what stands at an address that was changed meanwhile.
        if (await db.ClientKeyWatches.SingleOrDefaultAsync(w => w.ClientId == id && w.AddressDigest == digest, ct) is not { } row) return;
        if (sight.Problem is { } problem) NoteFailure(row, problem);
        else NoteKeys(row, sight);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What the looks say of these clients, whenever that ends or ended. One statement, and none where nobody publishes keys at an address.</summary>
    public async Task<IReadOnlyList<Ending>> EndingsAsync(IEnumerable<Client> clients, CancellationToken ct)
    {
        var digests = clients.Where(IsWatched).ToDictionary(c => c.ClientId, DigestOf, StringComparer.Ordinal);
        if (digests.Count == 0) return [];
        var ids = digests.Keys.ToArray();
        var rows = await db.ClientKeyWatches.AsNoTracking()
            .Where(w => EF.Parameter(ids).Contains(w.ClientId) && (w.FailedLooks >= ClientKeyWatch.FailuresToTell || w.CertificateUntil != null || w.KeyUntil != null)).ToListAsync(ct);
        return [.. rows.Where(w => w.AddressDigest == digests[w.ClientId]).SelectMany(Of)];
    }

    private static bool IsWatched(Client client) => client is { Enabled: true, Environment: ClientEnvironment.Production, Jwks: null, JwksUri: not null };

    private static string DigestOf(Client client) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(client.JwksUri!)));

    private static IEnumerable<Ending> Of(ClientKeyWatch row)
    {
        Ending Made(EndingKind kind, DateTimeOffset end) => new(kind, row.ClientId, Ending.SubjectOf(kind, row.ClientId, $"{end.UtcTicks}"), end);

        if (row is { FailedLooks: >= ClientKeyWatch.FailuresToTell, UnusableSince: { } since }) yield return Made(EndingKind.ClientKeySet, since);
        if (row.CertificateUntil is { } certificate) yield return Made(EndingKind.ClientCertificate, certificate);
        if (row.KeyUntil is { } key) yield return Made(EndingKind.ClientKey, key);
    }

    /// <summary>What the keys said when they were last read stays: a server that does not answer today has not lost its certificate.</summary>
    private void NoteFailure(ClientKeyWatch row, string problem)
    {
        row.FailedLooks++;
        row.UnusableSince ??= clock.GetUtcNow();
        if (row.FailedLooks == ClientKeyWatch.FailuresToTell) audit.Add("client.keys_unusable", clientId: row.ClientId, detail: problem);
    }

    private void NoteKeys(ClientKeyWatch row, ClientKeySight sight)
    {
        if (row.FailedLooks >= ClientKeyWatch.FailuresToTell) audit.Add("client.keys_usable", clientId: row.ClientId);
        var ends = sight.Keys is { } set ? ClientEndings.OfSet(row.ClientId, set).Where(e => !e.HasHeir).ToLookup(e => e.Kind, e => (DateTimeOffset?)e.EndsAt) : null;
        (row.FailedLooks, row.UnusableSince) = (0, null);
        (row.CertificateUntil, row.KeyUntil) = (ends?[EndingKind.ClientCertificate].Min(), ends?[EndingKind.ClientKey].Min());
    }
}
