using System.Globalization;
using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>
/// Six digits by mail, good for ten minutes, for one use, and where they were asked for. Whether a person may have one at all is
/// <see cref="PersonFactors"/>' to say.
/// </summary>
public sealed class MailedCodes(IdentityDb db, PersonalDataVault vault, MailQueue mails, AuditTrail audit, TimeProvider clock)
{
    private const int MostAttempts = 5;

    /// <summary>The code that can still be typed in this request; null when none was sent, or it is over.</summary>
    public Task<MailedCode?> WaitingAsync(string requestId, Guid personId, CancellationToken ct) =>
        Waiting(requestId, personId).AsNoTracking().SingleOrDefaultAsync(ct);

    /// <summary>A new code instead of any before it in this request.</summary>
    public async Task SendAsync(PendingAuthentication request, Session session, string address, string language, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var (digest, now) = (DigestOf(request.Id, session.PersonId, code), clock.GetUtcNow());
        var (sentAt, expiresAt) = (now.UtcDateTime, (now + MailTemplate.SignInCode.Lifetime).UtcDateTime);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One statement: two clicks at once leave one code, whichever came last.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO mailed_codes (request_id, person_id, digest, attempts, sent_at, expires_at) VALUES ({request.Id}, {session.PersonId}, {digest}, 0, {sentAt}, {expiresAt})
            ON CONFLICT (request_id) DO UPDATE SET person_id = excluded.person_id, digest = excluded.digest, attempts = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at
            """, ct);
        mails.Add(MailTemplate.SignInCode, address, language, new Dictionary<string, string> { [MailTemplate.CodeValue] = code }, now + MailTemplate.SignInCode.Lifetime);
        audit.Add("mailed_code.sent", personId: session.PersonId, clientId: request.ClientId, sessionId: session.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// Counts before it looks (L2); the code itself goes by one statement, so that of any number of uses at any number of nodes one
    /// succeeds. The caller commits, a wrong try as well.
    /// </summary>
    public async Task<MailedCodeUse> UseAsync(string requestId, Guid personId, string code, CancellationToken ct)
    {
        var waiting = Waiting(requestId, personId);
        if (await waiting.ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempts, c => c.Attempts + 1), ct) == 0) return MailedCodeUse.TooOld;
        var digest = DigestOf(requestId, personId, code);
        if (await db.MailedCodes.Where(c => c.RequestId == requestId && c.Digest == digest).ExecuteDeleteAsync(ct) == 0) return MailedCodeUse.Wrong;
        audit.Add("mailed_code.used", personId: personId);
        return MailedCodeUse.Used;
    }

    private IQueryable<MailedCode> Waiting(string requestId, Guid personId)
    {
        var now = clock.GetUtcNow();
        return db.MailedCodes.Where(c => c.RequestId == requestId && c.PersonId == personId && c.Attempts < MostAttempts && c.ExpiresAt > now);
    }

    private string DigestOf(string requestId, Guid personId, string code) => vault.Digest(VaultPurpose.MailedCode, $"{requestId}\n{personId:N}\n{code}");
}

public enum MailedCodeUse
{
    Used,
    Wrong,

    /// <summary>Expired, tried too often, used, replaced, or never sent in this request.</summary>
    TooOld,
}
