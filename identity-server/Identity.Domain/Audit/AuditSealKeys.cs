using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Domain.Storage;
using Identity.Protocols.Jose;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>Keys for sealing alone: whoever could have a token signed must not be able to have a block signed.</summary>
public sealed class AuditSealKeys(IdentityDb db, AuditTrail trail, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _seal = protection.CreateProtector("audit-seal-key");

    /// <summary>Makes the first key. Safe to call from every node at any time.</summary>
    public async Task MaintainAsync(CancellationToken ct)
    {
        if (await db.AuditSealKeys.AnyAsync(k => k.RetiredAt == null, ct)) return;
        await StorageLock.RunAsync(db, StorageLockName.AuditSeals, async () =>
        {
            // Another node may have been faster while this one waited for the lock.
            if (!await db.AuditSealKeys.AnyAsync(k => k.RetiredAt == null, ct)) Create();
            return await db.SaveChangesAsync(ct);
        }, ct);
    }

    /// <summary>A new key signs from now on; the private half of the old one is forgotten. Returns the new fingerprint.</summary>
    public Task<string> RotateAsync(CancellationToken ct) => StorageLock.RunAsync(db, StorageLockName.AuditSeals, async () =>
    {
        foreach (var old in await db.AuditSealKeys.Where(k => k.RetiredAt == null).ToListAsync(ct))
        {
            (old.RetiredAt, old.SealedPrivateKey) = (clock.GetUtcNow(), null);
            trail.Add("audit_key.retired", detail: old.KeyId);
        }
        var fingerprint = Create();
        await db.SaveChangesAsync(ct);
        return fingerprint;
    }, ct);

    /// <summary>Every key there ever was. A public half that does not have the name it is stored under is left out: it was put there by somebody else.</summary>
    public async Task<IReadOnlyList<JsonWebKey>> AllAsync(CancellationToken ct)
    {
        var rows = await db.AuditSealKeys.AsNoTracking().OrderBy(k => k.CreatedAt).ToListAsync(ct);
        return [.. rows.Select(r => Read(r.PublicKey)).OfType<JsonWebKey>().Where(k => k.KeyId == k.Thumbprint)];
    }

    internal async Task<PrivateSigningKey> CurrentAsync(CancellationToken ct)
    {
        var row = await db.AuditSealKeys.AsNoTracking().SingleAsync(k => k.RetiredAt == null, ct);
        return PrivateSigningKey.Import(row.KeyId, JwsAlgorithms.Es256, _seal.Unprotect(Convert.FromBase64String(row.SealedPrivateKey!)));
    }

    internal static JsonWebKey? Read(string jwk)
    {
        try
        {
            using var document = JsonDocument.Parse(jwk);
            return JsonWebKey.TryRead(document.RootElement, out var key) ? key : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Create()
    {
        using var key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        var pkcs8 = key.ExportPkcs8();
        db.AuditSealKeys.Add(new()
        {
            KeyId = key.KeyId,
            PublicKey = Write(key.PublicKey),
            SealedPrivateKey = Convert.ToBase64String(_seal.Protect(pkcs8)),
            CreatedAt = clock.GetUtcNow(),
        });
        CryptographicOperations.ZeroMemory(pkcs8);
        trail.Add("audit_key.created", detail: key.KeyId);
        return key.KeyId;
    }

    private static string Write(JsonWebKey key)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer)) key.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
