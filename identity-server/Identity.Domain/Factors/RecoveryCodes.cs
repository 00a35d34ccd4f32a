using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>
/// Ten codes of the shape XXXX-XXXX, shown once, each good for one use.
/// </summary>
/// <remarks>
/// They rest as keyed digests. A code has 36 bits: enough against guessing at the page, which is counted, and too few for a
/// plain digest, which a stolen table would give up within minutes. A slow hash would cost a tenth of a second for each of ten
/// codes at every attempt, in the lane that passwords wait in. The key lies outside the database, wrapped by the master key:
/// the table alone tells nothing, and who has both has the sealed secrets of everybody anyway.
/// </remarks>
public sealed class RecoveryCodes(IdentityDb db, PersonalDataVault vault, NoticeBoard board, AuditTrail audit, TimeProvider clock)
{
    public const int Count = 10;

    /// <summary>What a notice calls them; nobody has given them a name of their own, and a letter may be in either language.</summary>
    private const string Name = "Mã dự phòng / Backup codes";

    // Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: what is written by hand is read by somebody else.
    private const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";
    private const int Length = 8;

    public Task<int> CountLeftAsync(Guid personId, CancellationToken ct) => db.RecoveryCodes.CountAsync(c => c.PersonId == personId && c.UsedAt == null, ct);

    public async Task<DateTimeOffset?> MadeAtAsync(Guid personId, CancellationToken ct) =>
        await db.RecoveryCodes.Where(c => c.PersonId == personId).MaxAsync(c => (DateTimeOffset?)c.MadeAt, ct);

    /// <summary>New ones instead of whatever there was. The only moment in which they are known here.</summary>
    public async Task<IReadOnlyList<string>> MakeAsync(Guid personId, NoticeFacts facts, CancellationToken ct)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Length)).ToHashSet();
        while (codes.Count < Count) codes.Add(RandomNumberGenerator.GetString(Alphabet, Length));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, personId, ct);
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct);
        var now = clock.GetUtcNow();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { PersonId = personId, Digest = DigestOf(personId, code), MadeAt = now }));
        audit.Add("recovery_codes.made", personId: personId);
        await board.TellAsync(personId, NoticeKind.MethodAdded, facts with { Method = Name }, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return [.. codes.Select(code => $"{code[..4]}-{code[4..]}")];
    }

    /// <summary>One statement decides, so that twenty requests at two nodes get one success (L5). The caller commits.</summary>
    public async Task<RecoveryCodeUse> UseAsync(Guid personId, string typed, CancellationToken ct)
    {
        if (Read(typed) is not { } code) return RecoveryCodeUse.Unknown;
        var digest = DigestOf(personId, code);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.RecoveryCodes.Where(c => c.PersonId == personId && c.Digest == digest && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) == 1)
        {
            audit.Add("recovery_code.used", personId: personId);
            return RecoveryCodeUse.Used;
        }
        return await db.RecoveryCodes.AnyAsync(c => c.PersonId == personId && c.Digest == digest, ct) ? RecoveryCodeUse.UsedBefore : RecoveryCodeUse.Unknown;
    }

    /// <summary>The caller commits.</summary>
    internal async Task<bool> RemoveAsync(Guid personId, NoticeFacts facts, CancellationToken ct)
    {
        if (await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct) == 0) return false;
        audit.Add("recovery_codes.removed", personId: personId);
        await board.TellAsync(personId, NoticeKind.MethodRemoved, facts with { Method = Name }, ct);
        return true;
    }

    /// <summary>As typed: small letters, without the dash, with spaces.</summary>
    private static string? Read(string typed)
    {
        if (typed.Length > 40) return null;
        var text = new string([.. typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return text.Length == Length ? text : null;
    }

    private string DigestOf(Guid personId, string code) => vault.Digest(VaultPurpose.RecoveryCode, $"{personId:N}\n{code}");
}

public enum RecoveryCodeUse
{
    Used,
    UsedBefore,
    Unknown,
}
