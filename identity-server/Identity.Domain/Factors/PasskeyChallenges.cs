using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>Gives challenges out and takes each back once, on whichever node.</summary>
public sealed class PasskeyChallenges(IdentityDb db, TimeProvider clock)
{
    /// <summary>The device's own dialogue times out sooner; the margin is for people who look for their telephone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public async Task GiveAsync(PasskeyPurpose purpose, string challenge, string browserDigest, string context, Guid? personId, string state, CancellationToken ct)
    {
        db.PasskeyChallenges.Add(new()
        {
            Digest = BearerSecret.DigestOf(challenge),
            Purpose = purpose,
            BrowserDigest = browserDigest,
            Context = context,
            PersonId = personId,
            State = state,
            ExpiresAt = clock.GetUtcNow() + Lifetime,
        });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The ceremony's state, for the one answer that is given where the challenge was asked for; else null.</summary>
    public async Task<string?> TakeAsync(PasskeyPurpose purpose, string challenge, string browserDigest, string context, Guid? personId, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(challenge);
        DateTimeOffset? now = clock.GetUtcNow();
        var open = db.PasskeyChallenges.Where(c => c.Digest == digest && c.Purpose == purpose && c.BrowserDigest == browserDigest && c.Context == context
            && c.PersonId == personId && c.TakenAt == null && c.ExpiresAt > now);
        var state = await open.Select(c => c.State).SingleOrDefaultAsync(ct);
        if (state is null) return null;
        return await open.ExecuteUpdateAsync(set => set.SetProperty(c => c.TakenAt, now), ct) == 1 ? state : null;
    }
}
