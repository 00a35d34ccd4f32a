using Identity.Domain.Grants;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>
/// Keeps what was typed, and the file that was chosen, over a sign-in. A form names no fact of the province, so there is no row in the
/// trail. What is longer than a row lies in several, each under the digest of the reference and its number.
/// </summary>
public sealed class ParkedForms(IdentityDb db, PersonalDataVault vault, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Of one person at a time, some 8 MB: three of the largest lists, or sixty forms without a file. Who has that many sends no more (M19).</summary>
    public const int MostRows = 60;

    /// <summary>A second press and the back button still find what was used.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(10);

    /// <summary>Sealed, this fits into a row.</summary>
    private const int LongestPart = 140_000;

    private const int LongestReference = 100;

    /// <summary>Asked before anything is read of what somebody sends who is not signed in.</summary>
    public async Task<bool> HasRoomAsync(Guid personId, CancellationToken ct) => await CountAsync(personId, ct) < MostRows;

    /// <returns>The reference by which its owner gets it back; null when the person has no room for it.</returns>
    public async Task<string?> TryParkAsync(Guid personId, TypedForm form, CancellationToken ct)
    {
        var text = form.Write();
        return await CountAsync(personId, ct) + (text.Length - 1) / LongestPart < MostRows ? await ParkAsync(personId, text, ct) : null;
    }

    /// <summary>The same for what must not get lost: never refused.</summary>
    public Task<string> ParkAsync(Guid personId, TypedForm form, CancellationToken ct) => ParkAsync(personId, form.Write(), ct);

    /// <summary>Once: whoever comes second finds nothing. For what may be shown a single time, a new secret above all.</summary>
    public async Task<TypedForm?> TakeAsync(string reference, Guid personId, CancellationToken ct)
    {
        var found = await FindAsync(reference, personId, ct);
        var digests = DigestsOf(reference);
        return found is not null && await db.ParkedForms.Where(f => digests.Contains(f.Digest)).ExecuteDeleteAsync(ct) > 0 ? found : null;
    }

    /// <summary>Null for another's, and for what is over.</summary>
    public async Task<TypedForm?> FindAsync(string reference, Guid personId, CancellationToken ct)
    {
        if (reference.Length > LongestReference) return null;
        var (digests, now) = (DigestsOf(reference), clock.GetUtcNow());
        var parts = await db.ParkedForms.Where(f => digests.Contains(f.Digest) && f.PersonId == personId && f.ExpiresAt > now).ToDictionaryAsync(f => f.Digest, f => f.SealedFields, ct);
        return parts.Count == 0 ? null : TypedForm.Read(string.Concat(digests.TakeWhile(parts.ContainsKey).Select(digest => vault.Open(VaultPurpose.ParkedForm, digest, parts[digest]))));
    }

    /// <summary>It has served its purpose.</summary>
    public async Task EndSoonAsync(string reference, Guid personId, CancellationToken ct)
    {
        var (digests, soon) = (DigestsOf(reference), clock.GetUtcNow() + Aftermath);
        await db.ParkedForms.Where(f => digests.Contains(f.Digest) && f.PersonId == personId && f.ExpiresAt > soon).ExecuteUpdateAsync(set => set.SetProperty(f => f.ExpiresAt, soon), ct);
    }

    private async Task<string> ParkAsync(Guid personId, string text, CancellationToken ct)
    {
        var (reference, ends) = (BearerSecret.New(), clock.GetUtcNow() + Lifetime);
        db.ParkedForms.AddRange(text.Chunk(LongestPart).Select((part, number) => (Digest: DigestOf(reference.Value, number), Text: new string(part))).Select(part => new ParkedForm
        {
            Digest = part.Digest,
            PersonId = personId,
            SealedFields = vault.Seal(VaultPurpose.ParkedForm, part.Digest, part.Text),
            ExpiresAt = ends,
        }));
        await db.SaveChangesAsync(ct);
        return reference.Value;
    }

    private Task<int> CountAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.ParkedForms.CountAsync(f => f.PersonId == personId && f.ExpiresAt > now, ct);
    }

    private static string[] DigestsOf(string reference) => [.. Enumerable.Range(0, MostRows).Select(number => DigestOf(reference, number))];

    private static string DigestOf(string reference, int part) => BearerSecret.DigestOf(part == 0 ? reference : $"{reference}.{part}");
}
