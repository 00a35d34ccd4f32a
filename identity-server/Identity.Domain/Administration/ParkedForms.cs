using System.Text.Json;
using Identity.Domain.Grants;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>Keeps what was typed over a sign-in. A form names no fact of the province, so there is no row in the trail.</summary>
public sealed class ParkedForms(IdentityDb db, PersonalDataVault vault, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <returns>The reference by which its owner gets it back.</returns>
    public async Task<string> ParkAsync(Guid personId, IReadOnlyDictionary<string, string[]> fields, CancellationToken ct)
    {
        var reference = BearerSecret.New();
        db.ParkedForms.Add(new()
        {
            Digest = reference.Digest,
            PersonId = personId,
            SealedFields = vault.Seal(VaultPurpose.ParkedForm, reference.Digest, JsonSerializer.Serialize(fields)),
            ExpiresAt = clock.GetUtcNow() + Lifetime,
        });
        await db.SaveChangesAsync(ct);
        return reference.Value;
    }

    /// <summary>Once: whoever comes second finds nothing. For what may be shown a single time, a new secret above all.</summary>
    public async Task<IReadOnlyDictionary<string, string[]>?> TakeAsync(string reference, Guid personId, CancellationToken ct)
    {
        var found = await FindAsync(reference, personId, ct);
        var digest = BearerSecret.DigestOf(reference);
        return found is not null && await db.ParkedForms.Where(f => f.Digest == digest).ExecuteDeleteAsync(ct) == 1 ? found : null;
    }

    public async Task<IReadOnlyDictionary<string, string[]>?> FindAsync(string reference, Guid personId, CancellationToken ct)
    {
        var (digest, now) = (BearerSecret.DigestOf(reference), clock.GetUtcNow());
        var sealedFields = await db.ParkedForms.Where(f => f.Digest == digest && f.PersonId == personId && f.ExpiresAt > now).Select(f => f.SealedFields).SingleOrDefaultAsync(ct);
        return sealedFields is null ? null : JsonSerializer.Deserialize<Dictionary<string, string[]>>(vault.Open(VaultPurpose.ParkedForm, digest, sealedFields));
    }
}
