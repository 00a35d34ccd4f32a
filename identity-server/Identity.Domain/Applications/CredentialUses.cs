using System.Collections.Concurrent;
using System.Net;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>When a client last proved itself with one of its secrets or keys, and from which address.</summary>
public sealed class CredentialUse
{
    public required string ClientId { get; init; }

    /// <summary>Digest of the secret, or id of the key.</summary>
    public required string Credential { get; init; }

    public DateTimeOffset LastUsedAt { get; set; }
    public string? Address { get; set; }
}

/// <summary>
/// Notes uses on the way of every token. A note is one look into a table in memory; it becomes a row in the background, once an hour for
/// each credential at the most, so that a thousand tokens a second cost one statement an hour.
/// </summary>
public sealed class CredentialUses(TimeProvider clock)
{
    public static readonly TimeSpan Step = TimeSpan.FromHours(1);

    private const int LongestKeyId = 400;

    // One entry for each credential that is registered: only proved ones come here (M14).
    private readonly ConcurrentDictionary<(string ClientId, string Credential), DateTimeOffset> _noted = new();
    private readonly ConcurrentQueue<Seen> _waiting = new();

    public void Note(string clientId, string credential, IPAddress? address)
    {
        if (credential.Length > LongestKeyId) return;
        var (key, now) = ((clientId, credential), clock.GetUtcNow());
        if (_noted.TryGetValue(key, out var before) && now - before < Step) return;
        // Of several at once one wins; the others are a moment younger and say the same.
        if (before == default ? _noted.TryAdd(key, now) : _noted.TryUpdate(key, now, before)) _waiting.Enqueue(new Seen(clientId, credential, now, address?.ToString()));
    }

    /// <summary>Nodes may write the same credential: the latest use stands.</summary>
    public async Task<int> WriteAsync(IdentityDb db, CancellationToken ct)
    {
        var written = 0;
        while (_waiting.TryPeek(out var seen))
        {
            var at = seen.At.UtcDateTime;
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO credential_uses (client_id, credential, last_used_at, address) VALUES ({seen.ClientId}, {seen.Credential}, {at}, {seen.Address})
                ON CONFLICT (client_id, credential) DO UPDATE SET last_used_at = excluded.last_used_at, address = excluded.address WHERE credential_uses.last_used_at < excluded.last_used_at
                """, ct);
            _waiting.TryDequeue(out _);
            written++;
        }
        return written;
    }

    private sealed record Seen(string ClientId, string Credential, DateTimeOffset At, string? Address);
}
