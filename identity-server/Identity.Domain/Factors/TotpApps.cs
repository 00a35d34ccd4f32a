using System.Globalization;
using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>Authenticator apps of people: set up with a first code, every code once.</summary>
public sealed class TotpApps(IdentityDb db, PersonalDataVault vault, NoticeBoard board, AuditTrail audit, TimeProvider clock)
{
    /// <summary>A telephone, the next one, and a spare.</summary>
    public const int Most = 3;

    private static readonly TimeSpan OfferLifetime = TimeSpan.FromMinutes(60);

    public Task<List<TotpApp>> ListAsync(Guid personId, CancellationToken ct) =>
        db.TotpApps.AsNoTracking().Where(a => a.PersonId == personId).OrderBy(a => a.AddedAt).ToListAsync(ct);

    /// <summary>A secret for a set-up page. Until its first code comes back it exists in that page alone, sealed for this person.</summary>
    public TotpOffer Offer(Guid personId)
    {
        var (id, secret) = (Guid.CreateVersion7(), Totp.NewSecret());
        var text = string.Create(CultureInfo.InvariantCulture, $"{id:N} {Convert.ToHexString(secret)} {clock.GetUtcNow().ToUnixTimeSeconds()}");
        return new(id, secret, vault.Seal(VaultPurpose.TotpOffer, personId.ToString("N"), text));
    }

    /// <summary>The offer that the page sent back; null when it is another person's, too old or none of ours.</summary>
    public TotpOffer? Open(Guid personId, string sealedOffer)
    {
        if (sealedOffer.Length is 0 or > 500) return null;
        try
        {
            var parts = vault.Open(VaultPurpose.TotpOffer, personId.ToString("N"), sealedOffer).Split(' ');
            var madeAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture));
            return madeAt + OfferLifetime > clock.GetUtcNow() ? new(Guid.ParseExact(parts[0], "N"), Convert.FromHexString(parts[1]), sealedOffer) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The first code proves that app and server agree; it is used up by that. False when it is wrong, or there are too many apps.</summary>
    public async Task<bool> AddAsync(Guid personId, TotpOffer offer, string code, string name, NoticeFacts facts, CancellationToken ct)
    {
        if (Totp.FindStep(offer.Secret, code, clock.GetUtcNow()) is not { } step) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, personId, ct);
        // The same page sent twice: it is there already.
        if (await db.TotpApps.AnyAsync(a => a.Id == offer.Id, ct)) return true;
        if (await db.TotpApps.CountAsync(a => a.PersonId == personId, ct) >= Most) return false;
        db.TotpApps.Add(new()
        {
            Id = offer.Id,
            PersonId = personId,
            Name = name,
            SealedSecret = vault.Seal(VaultPurpose.TotpSecret, Context(personId, offer.Id), Convert.ToHexString(offer.Secret)),
            LastStep = step,
            AddedAt = clock.GetUtcNow(),
        });
        audit.Add("totp.added", personId: personId);
        await board.TellAsync(personId, NoticeKind.MethodAdded, facts with { About = offer.Id, Method = name }, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>True for the one request that uses this code, on whichever node: the step moves on by a condition, and its row count is the verdict (L4).</summary>
    public async Task<bool> UseAsync(Guid personId, string code, CancellationToken ct)
    {
        foreach (var app in await ListAsync(personId, ct))
        {
            var secret = Convert.FromHexString(vault.Open(VaultPurpose.TotpSecret, Context(personId, app.Id), app.SealedSecret));
            if (Totp.FindStep(secret, code, clock.GetUtcNow()) is not { } step) continue;
            DateTimeOffset? now = clock.GetUtcNow();
            if (await db.TotpApps.Where(a => a.Id == app.Id && a.LastStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step).SetProperty(a => a.LastUsedAt, now), ct) == 1) return true;
        }
        return false;
    }

    public async Task<bool> RenameAsync(Guid personId, Guid id, string name, CancellationToken ct)
    {
        if (await db.TotpApps.SingleOrDefaultAsync(a => a.Id == id && a.PersonId == personId, ct) is not { } app) return false;
        app.Name = name;
        audit.Add("totp.renamed", personId: personId);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>The caller commits.</summary>
    internal async Task<bool> RemoveAsync(Guid personId, Guid id, NoticeFacts facts, CancellationToken ct)
    {
        var name = await db.TotpApps.Where(a => a.Id == id && a.PersonId == personId).Select(a => a.Name).SingleOrDefaultAsync(ct);
        if (name is null || await db.TotpApps.Where(a => a.Id == id && a.PersonId == personId).ExecuteDeleteAsync(ct) == 0) return false;
        audit.Add("totp.removed", personId: personId);
        await board.TellAsync(personId, NoticeKind.MethodRemoved, facts with { About = id, Method = name }, ct);
        return true;
    }

    private static string Context(Guid personId, Guid id) => $"{personId:N}/{id:N}";
}

/// <param name="Id">What the app's row will be called; the same page sent twice makes one row.</param>
/// <param name="Sealed">What the form carries.</param>
public sealed record TotpOffer(Guid Id, byte[] Secret, string Sealed)
{
    public override string ToString() => nameof(TotpOffer);
}
