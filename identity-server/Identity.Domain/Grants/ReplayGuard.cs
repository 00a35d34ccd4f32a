using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Grants;

/// <summary>Remembers one-time values on every node at once: the insert that violates the primary key is the replay.</summary>
public sealed class ReplayGuard(IdentityDb db)
{
    /// <summary>True the first time. <paramref name="purpose"/> and <paramref name="issuer"/> keep kinds and senders apart.</summary>
    public async Task<bool> IsFirstUseAsync(string purpose, string issuer, string value, DateTimeOffset rememberUntil, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf($"{purpose}\n{issuer}\n{value}");
        var until = rememberUntil.UtcDateTime;
        return await db.Database.ExecuteSqlAsync(
            $"INSERT INTO replay_records (digest, expires_at) VALUES ({digest}, {until}) ON CONFLICT (digest) DO NOTHING", ct) == 1;
    }
}
