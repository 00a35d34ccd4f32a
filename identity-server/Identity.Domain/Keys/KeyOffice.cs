using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Keys;

/// <summary>Signing keys in the hands of people: what they see, rotation with publish-ahead, and withdrawal in an emergency by two.</summary>
public sealed class KeyOffice(IdentityDb db, SigningKeyRing ring, AuditTrail audit, IOptions<SigningKeyOptions> options, TimeProvider clock)
{
    /// <summary>Relying parties may keep the published keys for so long without asking again; a key that signs sooner is unknown to some.</summary>
    public static readonly TimeSpan ShortestAnnouncement = TimeSpan.FromHours(1);

    public static readonly TimeSpan LongestAnnouncement = TimeSpan.FromDays(60);

    private static readonly TimeSpan WithdrawalLifetime = TimeSpan.FromHours(8);

    public static bool IsAnnouncement(TimeSpan after) => after >= ShortestAnnouncement && after <= LongestAnnouncement;

    /// <summary>All that are published, and the last ones that were.</summary>
    public async Task<IReadOnlyList<KeyEntry>> ListAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.RotateKeys)) return [];
        var now = clock.GetUtcNow();
        var rows = await db.SigningKeys.AsNoTracking().OrderBy(k => k.RemovedAt != null).ThenBy(k => k.Algorithm).ThenByDescending(k => k.ActivatesAt).Take(50)
            .Select(k => new { k.KeyId, k.Algorithm, k.CreatedAt, k.ActivatesAt, k.RetiresAt, k.RemovedAt }).ToListAsync(ct);
        return [.. rows.Select(k => new KeyEntry(k.KeyId, k.Algorithm,
            k.RemovedAt is not null ? KeyState.Removed : k.ActivatesAt > now ? KeyState.Next : k.RetiresAt <= now ? KeyState.Retired : KeyState.Current,
            k.CreatedAt, k.ActivatesAt, k.RetiresAt, k.RemovedAt ?? k.RetiresAt + options.Value.Retention))];
    }

    /// <summary>What a rotation would do, before anybody does it.</summary>
    public KeyPlan Plan(TimeSpan after) => new(clock.GetUtcNow() + after, clock.GetUtcNow() + after + options.Value.Retention, after);

    /// <param name="newest">Key id that the form showed as the newest; another one means that somebody, or the timetable, was faster.</param>
    public async Task<KeyRefusal?> RotateAsync(AdminActor actor, KeyOrder order, string? newest, CancellationToken ct)
    {
        if (ProblemOf(actor, order.Algorithm, order.Reason) is { } problem) return problem;
        if (!IsAnnouncement(order.After)) return KeyRefusal.TimeDoesNotFit;
        return await StorageLock.RunAsync(db, StorageLockName.SigningKeys, async () =>
        {
            if (await db.SigningKeys.Where(k => k.Algorithm == order.Algorithm && k.RemovedAt == null).OrderByDescending(k => k.ActivatesAt).Select(k => k.KeyId).FirstOrDefaultAsync(ct) != newest)
                return KeyRefusal.ChangedMeanwhile;
            audit.Add("signing_key.rotation_ordered", detail: $"{order.Algorithm} after {order.After}: {order.Reason.Trim()}");
            await ring.AnnounceAsync(db, audit, order.Algorithm, order.After, ct);
            return (KeyRefusal?)null;
        }, ct);
    }

    public async Task<IReadOnlyList<KeyWithdrawal>> WithdrawalsAsync(AdminActor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return actor.May(Permission.RotateKeys) ? await db.KeyWithdrawals.AsNoTracking().Where(w => w.DecidedAt == null && w.ExpiresAt > now).OrderBy(w => w.Id).Take(20).ToListAsync(ct) : [];
    }

    public async Task<KeyRefusal?> AskWithdrawalAsync(AdminActor actor, string algorithm, string reason, CancellationToken ct)
    {
        if (ProblemOf(actor, algorithm, reason) is { } problem) return problem;
        if (actor.IsMachine) return KeyRefusal.NeedsHuman;
        var now = clock.GetUtcNow();
        if (await db.KeyWithdrawals.AnyAsync(w => w.Algorithm == algorithm && w.DecidedAt == null && w.ExpiresAt > now, ct)) return KeyRefusal.AskedAlready;
        db.KeyWithdrawals.Add(new() { Algorithm = algorithm, AskedById = actor.PersonId, AskedAt = now, Reason = reason.Trim(), ExpiresAt = now + WithdrawalLifetime });
        audit.Add("signing_key.withdrawal_asked", detail: $"{algorithm}: {reason.Trim()}");
        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>By somebody else. Carried out, every token that the withdrawn keys signed is refused from here on.</summary>
    public async Task<KeyRefusal?> DecideWithdrawalAsync(AdminActor actor, Guid id, bool carry, CancellationToken ct)
    {
        if (!actor.May(Permission.RotateKeys)) return KeyRefusal.NotYours;
        if (actor.IsMachine) return KeyRefusal.NeedsHuman;
        if (await db.KeyWithdrawals.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, ct) is not { } asked) return KeyRefusal.Answered;
        // Who asked may take it back alone, and never carry it out alone.
        if (carry && asked.AskedById == actor.PersonId) return KeyRefusal.Oneself;
        return await StorageLock.RunAsync(db, StorageLockName.SigningKeys, async () =>
        {
            DateTimeOffset? now = clock.GetUtcNow();
            if (await db.KeyWithdrawals.Where(w => w.Id == id && w.DecidedAt == null && w.ExpiresAt > now).ExecuteUpdateAsync(set => set
                    .SetProperty(w => w.DecidedAt, now).SetProperty(w => w.DecidedBy, actor.Name).SetProperty(w => w.Carried, carry), ct) == 0) return KeyRefusal.Answered;
            audit.Add(carry ? "signing_key.withdrawal_carried" : "signing_key.withdrawal_declined", detail: asked.Algorithm);
            if (carry) await ring.WithdrawAsync(db, audit, asked.Algorithm, ct);
            else await db.SaveChangesAsync(ct);
            return (KeyRefusal?)null;
        }, ct);
    }

    private static KeyRefusal? ProblemOf(AdminActor actor, string algorithm, string reason) =>
        !actor.May(Permission.RotateKeys) ? KeyRefusal.NotYours
        : !SigningKeyRing.Algorithms.Contains(algorithm) ? KeyRefusal.UnknownAlgorithm
        : reason.Trim().Length == 0 ? KeyRefusal.ReasonIsMissing
        : null;
}

/// <param name="After">Published now, it signs after this time.</param>
public sealed record KeyOrder(string Algorithm, TimeSpan After, string Reason);

/// <param name="OldUntil">Until then tokens of the old key can be checked with the published set.</param>
/// <param name="CacheLimit">Whoever keeps the published keys longer than this refuses the first tokens of the new one.</param>
public sealed record KeyPlan(DateTimeOffset SignsFrom, DateTimeOffset OldUntil, TimeSpan CacheLimit);

/// <param name="PublishedUntil">Null while its end is not known.</param>
public sealed record KeyEntry(string KeyId, string Algorithm, KeyState State, DateTimeOffset CreatedAt, DateTimeOffset ActivatesAt, DateTimeOffset? RetiresAt, DateTimeOffset? PublishedUntil);

public enum KeyState
{
    /// <summary>Published, signs later.</summary>
    Next,
    Current,

    /// <summary>Signs no more, and is published for what it signed.</summary>
    Retired,
    Removed,
}

public enum KeyRefusal
{
    NotYours,
    UnknownAlgorithm,
    ReasonIsMissing,

    /// <summary>Sooner than applications can have seen it, or too far away.</summary>
    TimeDoesNotFit,
    ChangedMeanwhile,
    AskedAlready,

    /// <summary>Answered by somebody else meanwhile, or too old.</summary>
    Answered,
    Oneself,

    /// <summary>Two people have to agree, and a service account is none.</summary>
    NeedsHuman,
}
