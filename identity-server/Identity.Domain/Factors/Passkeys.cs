using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>The passkeys of people. What an answer proves is the framework's to say; that it proves it once and not from a copy is said here.</summary>
public sealed class Passkeys(IdentityDb db, NoticeBoard board, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Enough for every device of a household, too few to fill a table with.</summary>
    public const int Most = 20;

    public Task<List<OwnPasskey>> ListAsync(Guid personId, CancellationToken ct) =>
        db.OwnPasskeys.AsNoTracking().Where(p => p.PersonId == personId).OrderBy(p => p.AddedAt).ToListAsync(ct);

    /// <summary>The account that the framework hangs keys on. A citizen has none until now; it has no name and no password, so it opens no other door. The caller saves.</summary>
    public async Task<LocalAccount> EnsureAccountAsync(Guid personId, CancellationToken ct)
    {
        if (await db.Users.SingleOrDefaultAsync(a => a.Id == personId, ct) is { } account) return account;
        account = new LocalAccount { Id = personId, SecurityStamp = Guid.NewGuid().ToString("N") };
        db.Users.Add(account);
        return account;
    }

    /// <summary>False when the credential is registered already or there are too many.</summary>
    /// <param name="proofing">Of the session that binds it: see <see cref="OwnPasskey.Proofing"/>.</param>
    public async Task<bool> AddAsync(Guid personId, UserPasskeyInfo verified, string name, ProofingLevel proofing, NoticeFacts facts, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, personId, ct);
        if (await db.OwnPasskeys.CountAsync(p => p.PersonId == personId, ct) >= Most) return false;
        if (await db.OwnPasskeys.AnyAsync(p => p.CredentialId == verified.CredentialId, ct)) return false;
        await EnsureAccountAsync(personId, ct);
        db.Set<IdentityUserPasskey<Guid>>().Add(new() { UserId = personId, CredentialId = verified.CredentialId, Data = KeyOf(verified) });
        var passkey = new OwnPasskey
        {
            CredentialId = verified.CredentialId,
            PersonId = personId,
            Name = name,
            Proofing = proofing,
            SignCount = verified.SignCount,
            AddedAt = clock.GetUtcNow(),
        };
        db.OwnPasskeys.Add(passkey);
        audit.Add("passkey.added", personId: personId, detail: proofing.ToString());
        await board.TellAsync(personId, NoticeKind.MethodAdded, facts with { About = passkey.Id, Method = name }, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// The genuine answer counts if its counter has moved on, which one statement decides for all nodes. A counter that stands or goes
    /// back is a second copy of the key at work: nobody gets in with it (WebAuthn §7.2, step 22). The caller saves.
    /// </summary>
    public async Task<OwnPasskey?> UseAsync(byte[] credentialId, uint signCount, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        long count = signCount;
        var used = await db.OwnPasskeys.Where(p => p.CredentialId == credentialId && (p.SignCount < count || (p.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SignCount, count).SetProperty(p => p.LastUsedAt, now), ct);
        var passkey = await db.OwnPasskeys.AsNoTracking().SingleOrDefaultAsync(p => p.CredentialId == credentialId, ct);
        if (used == 1 || passkey is null) return passkey;
        audit.Add("passkey.cloned", "counter_not_increased", passkey.PersonId);
        return null;
    }

    public async Task<bool> RenameAsync(Guid personId, Guid id, string name, CancellationToken ct)
    {
        if (await db.OwnPasskeys.SingleOrDefaultAsync(p => p.Id == id && p.PersonId == personId, ct) is not { } passkey) return false;
        passkey.Name = name;
        audit.Add("passkey.renamed", personId: personId);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>The caller holds the person's lock, has asked whether it is the last way in, and commits.</summary>
    internal async Task<bool> RemoveAsync(Guid personId, Guid id, NoticeFacts facts, CancellationToken ct)
    {
        if (await db.OwnPasskeys.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.PersonId == personId, ct) is not { } passkey) return false;
        await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.CredentialId == passkey.CredentialId && p.UserId == personId).ExecuteDeleteAsync(ct);
        if (await db.OwnPasskeys.Where(p => p.Id == id).ExecuteDeleteAsync(ct) == 0) return false;
        audit.Add("passkey.removed", personId: personId);
        await board.TellAsync(personId, NoticeKind.MethodRemoved, facts with { About = id, Method = passkey.Name }, ct);
        return true;
    }

    /// <summary>The counter is kept in our own row: in the framework's it could not be advanced by a condition, so there it stays at 0.</summary>
    private static IdentityPasskeyData KeyOf(UserPasskeyInfo verified) => new()
    {
        PublicKey = verified.PublicKey,
        CreatedAt = verified.CreatedAt,
        SignCount = 0,
        Transports = verified.Transports,
        IsUserVerified = verified.IsUserVerified,
        IsBackupEligible = verified.IsBackupEligible,
        IsBackedUp = verified.IsBackedUp,
        AttestationObject = verified.AttestationObject,
        ClientDataJson = verified.ClientDataJson,
    };
}
