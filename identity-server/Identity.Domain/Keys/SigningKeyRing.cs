using System.Security.Cryptography;
using Identity.Protocols.Jose;
using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Keys;

/// <summary>
/// Signing keys as every node sees them. Which key signs is decided by the timetable in the table and the clock alone, so nodes
/// agree without talking; a key is published long before it signs and long after.
/// </summary>
public sealed class SigningKeyRing(IDataProtectionProvider protection, IOptions<SigningKeyOptions> options, TimeProvider clock)
{
    public static IReadOnlyList<string> Algorithms { get; } = [JwsAlgorithms.Es256, JwsAlgorithms.Rs256];

    private readonly IDataProtector _seal = protection.CreateProtector("signing-key");
    private volatile PublishedKeys _published = PublishedKeys.Empty;

    /// <summary>JWKS document with its ETag, ready to be written.</summary>
    public PublishedKeys Published => _published;

    public PrivateSigningKey Current(string algorithm)
    {
        var now = clock.GetUtcNow();
        PrivateSigningKey? oldest = null;
        foreach (var key in _published.NewestFirst)
        {
            if (key.Key.Algorithm != algorithm) continue;
            if (key.ActivatesAt <= now) return key.Key;
            oldest = key.Key;
        }
        // A clock behind that of the node which made the very first key must not stop this one.
        return oldest ?? throw new InvalidOperationException($"There is no {algorithm} signing key.");
    }

    public async Task LoadAsync(IdentityDb db, CancellationToken ct)
    {
        var rows = await db.SigningKeys.AsNoTracking().Where(k => k.RemovedAt == null).OrderByDescending(k => k.ActivatesAt).ToListAsync(ct);
        var known = _published.NewestFirst.ToDictionary(k => k.Key.KeyId, k => k.Key);
        _published = new PublishedKeys([.. rows.Select(row =>
            new TimedKey(known.GetValueOrDefault(row.KeyId) ?? Open(row), row.ActivatesAt))]);
    }

    /// <summary>Creates what is missing, announces successors, removes what nobody can need any more. Safe to call from every node at any time.</summary>
    public async Task MaintainAsync(IdentityDb db, AuditTrail audit, CancellationToken ct)
    {
        if (!await IsDueAsync(db, ct)) return;
        await StorageLock.RunAsync(db, StorageLockName.SigningKeys, async () =>
        {
            foreach (var algorithm in Algorithms) await MaintainAsync(db, audit, algorithm, ct);
            return await db.SaveChangesAsync(ct);
        }, ct);
    }

    /// <summary>Announces a successor now that will sign from <paramref name="after"/> on. Returns its key id.</summary>
    public Task<string> RotateAsync(IdentityDb db, AuditTrail audit, string algorithm, TimeSpan after, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.SigningKeys, () => AnnounceAsync(db, audit, algorithm, after, ct), ct);

    /// <summary>The same for a caller that holds the lock.</summary>
    internal async Task<string> AnnounceAsync(IdentityDb db, AuditTrail audit, string algorithm, TimeSpan after, CancellationToken ct)
    {
        var activates = clock.GetUtcNow() + after;
        var live = await db.SigningKeys.Where(k => k.Algorithm == algorithm && k.RemovedAt == null).ToListAsync(ct);
        foreach (var key in live.Where(k => k.RetiresAt is null || k.RetiresAt > activates)) key.RetiresAt = activates;
        // A successor announced for later would take over again; it has signed nothing, so nobody needs it.
        foreach (var key in live.Where(k => k.ActivatesAt > activates)) key.RemovedAt = clock.GetUtcNow();
        var created = Create(db, audit, algorithm, activates);
        await ConfigurationRevision.BumpAsync(db, ct);
        await db.SaveChangesAsync(ct);
        return created.KeyId;
    }

    /// <summary>The private part is known to a stranger: withdraws every key of the algorithm now and signs with a new one. What they signed is refused from here on.</summary>
    public Task<string> ReplaceAsync(IdentityDb db, AuditTrail audit, string algorithm, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.SigningKeys, () => WithdrawAsync(db, audit, algorithm, ct), ct);

    /// <summary>The same for a caller that holds the lock.</summary>
    internal async Task<string> WithdrawAsync(IdentityDb db, AuditTrail audit, string algorithm, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var key in await db.SigningKeys.Where(k => k.Algorithm == algorithm && k.RemovedAt == null).ToListAsync(ct))
        {
            key.RetiresAt = key.RemovedAt = now;
            audit.Add("signing_key.withdrawn", detail: key.KeyId);
        }
        var created = Create(db, audit, algorithm, now);
        await ConfigurationRevision.BumpAsync(db, ct);
        await db.SaveChangesAsync(ct);
        return created.KeyId;
    }

    private async Task<bool> IsDueAsync(IdentityDb db, CancellationToken ct)
    {
        var rows = await db.SigningKeys.AsNoTracking().Where(k => k.RemovedAt == null).ToListAsync(ct);
        return Algorithms.Any(a => Successor(rows, a) is not null) || rows.Any(IsRemovable);
    }

    private async Task MaintainAsync(IdentityDb db, AuditTrail audit, string algorithm, CancellationToken ct)
    {
        var rows = await db.SigningKeys.Where(k => k.Algorithm == algorithm && k.RemovedAt == null).ToListAsync(ct);
        foreach (var old in rows.Where(IsRemovable))
        {
            old.RemovedAt = clock.GetUtcNow();
            audit.Add("signing_key.removed", detail: old.KeyId);
        }
        if (Successor(rows, algorithm) is { } activates)
        {
            foreach (var key in rows.Where(k => k.RetiresAt is null)) key.RetiresAt = activates;
            Create(db, audit, algorithm, activates);
        }
        await ConfigurationRevision.BumpAsync(db, ct);
    }

    /// <summary>When the next key must start to sign, if it is time to announce it.</summary>
    private DateTimeOffset? Successor(List<SigningKey> rows, string algorithm)
    {
        var now = clock.GetUtcNow();
        var newest = rows.Where(k => k.Algorithm == algorithm).MaxBy(k => k.ActivatesAt);
        if (newest is null) return now;
        var due = newest.ActivatesAt + options.Value.RotationInterval;
        if (due - options.Value.Announce > now) return null;
        return due > now + options.Value.Announce ? due : now + options.Value.Announce;
    }

    private bool IsRemovable(SigningKey key) => key.RetiresAt + options.Value.Retention < clock.GetUtcNow();

    private SigningKey Create(IdentityDb db, AuditTrail audit, string algorithm, DateTimeOffset activates)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        var pkcs8 = key.ExportPkcs8();
        var row = new SigningKey
        {
            KeyId = key.KeyId,
            Algorithm = algorithm,
            SealedPrivateKey = Convert.ToBase64String(_seal.Protect(pkcs8)),
            CreatedAt = clock.GetUtcNow(),
            ActivatesAt = activates,
        };
        CryptographicOperations.ZeroMemory(pkcs8);
        db.SigningKeys.Add(row);
        audit.Add("signing_key.created", detail: $"{algorithm} {key.KeyId} signs from {activates:O}");
        return row;
    }

    private PrivateSigningKey Open(SigningKey row) =>
        PrivateSigningKey.Import(row.KeyId, row.Algorithm, _seal.Unprotect(Convert.FromBase64String(row.SealedPrivateKey)));
}
