using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Keys;

/// <summary>The key behind sealed attributes and look-up digests; read once at start. Losing it loses the data, so it is only ever added to.</summary>
public sealed class DataKeyRing(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Current = "data-1";
    private readonly IDataProtector _wrap = protection.CreateProtector("data-key");
    private readonly ConcurrentDictionary<string, byte[]> _derived = new(StringComparer.Ordinal);
    private byte[]? _root;

    public async Task LoadAsync(IdentityDb db, CancellationToken ct)
    {
        var stored = await db.DataKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Name == Current, ct)
            ?? await StorageLock.RunAsync(db, StorageLockName.DataKeys, () => CreateAsync(db, ct), ct);
        _root = _wrap.Unprotect(Convert.FromBase64String(stored.WrappedKey));
    }

    internal byte[] Derive(string purpose) => _derived.GetOrAdd(purpose, static (name, root) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, root, 32, info: Encoding.UTF8.GetBytes(name)),
        _root ?? throw new InvalidOperationException("The data key has not been loaded."));

    private async Task<DataKey> CreateAsync(IdentityDb db, CancellationToken ct)
    {
        // Another node may have been faster while this one waited for the lock.
        if (await db.DataKeys.SingleOrDefaultAsync(k => k.Name == Current, ct) is { } existing) return existing;
        // A new key opens nothing of what is there: whoever lost the old one must hear of it before anybody writes under another.
        if (await db.PersonAttributes.AnyAsync(ct))
            throw new InvalidDataException("The data key is missing although people's attributes are sealed under it: restore the table data_keys from its backup.");
        var key = new DataKey
        {
            Name = Current,
            WrappedKey = Convert.ToBase64String(_wrap.Protect(RandomNumberGenerator.GetBytes(32))),
            CreatedAt = clock.GetUtcNow(),
        };
        db.DataKeys.Add(key);
        await db.SaveChangesAsync(ct);
        return key;
    }
}
