using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>Remembers answers by their idempotency keys for a day. Bookkeeping of the API: the request itself writes its row in the trail.</summary>
public sealed class RepeatedRequests(IdentityDb db, TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    public static string DigestOf(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    /// <summary>Null for the first one, who is to go on; the row of the first for everybody after.</summary>
    public async Task<RepeatedRequest?> BeginAsync(string digest, string requestDigest, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.RepeatedRequests.Where(r => r.Digest == digest && r.ExpiresAt < now).ExecuteDeleteAsync(ct);
        // The row count says who came first.
        var isFirst = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO repeated_requests (digest, request_digest, expires_at) VALUES ({digest}, {requestDigest}, {now + Memory}) ON CONFLICT (digest) DO NOTHING
            """, ct) == 1;
        return isFirst ? null : await db.RepeatedRequests.AsNoTracking().SingleAsync(r => r.Digest == digest, ct);
    }

    public Task CompleteAsync(string digest, GivenAnswer answer, CancellationToken ct)
    {
        int? status = answer.Status;
        return db.RepeatedRequests.Where(r => r.Digest == digest).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, status).SetProperty(r => r.Answer, answer.Body)
            .SetProperty(r => r.ContentType, answer.ContentType).SetProperty(r => r.ETag, answer.ETag).SetProperty(r => r.Location, answer.Location), ct);
    }

    /// <summary>Nothing was done, so the same key may try again.</summary>
    public Task ForgetAsync(string digest, CancellationToken ct) => db.RepeatedRequests.Where(r => r.Digest == digest && r.Status == null).ExecuteDeleteAsync(ct);
}

public sealed record GivenAnswer(int Status, string Body, string? ContentType, string? ETag, string? Location);
