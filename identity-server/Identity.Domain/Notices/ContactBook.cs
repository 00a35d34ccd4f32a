using System.Globalization;
using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>The address that a person proves to be theirs: a code goes there, and comes back in the same session.</summary>
public sealed class ContactBook(IdentityDb db, PersonalDataVault vault, MailQueue mails, NoticeBoard board, AuditTrail trail, TimeProvider clock)
{
    private const int MostAttempts = 5;

    public async Task<string?> CurrentAsync(Guid personId, CancellationToken ct) =>
        await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.PersonId == personId && c.ReplacedAt == null, ct) is { } contact
            ? vault.Open(VaultPurpose.Contact, Context(personId), contact.SealedAddress)
            : null;

    /// <summary>The same, if it was theirs before then; null for an address that came later.</summary>
    public async Task<string?> ProvedBeforeAsync(Guid personId, DateTimeOffset moment, CancellationToken ct) =>
        await db.Contacts.AnyAsync(c => c.PersonId == personId && c.ReplacedAt == null && c.VerifiedAt < moment, ct) ? await CurrentAsync(personId, ct) : null;

    /// <summary>The address that waits for its code in this session, or null.</summary>
    public async Task<string?> WaitingAsync(Session session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.ContactProofs.AsNoTracking().SingleOrDefaultAsync(p => p.SessionId == session.Id && p.ExpiresAt > now, ct) is { } proof
            ? vault.Open(VaultPurpose.Contact, Context(session.PersonId), proof.SealedAddress)
            : null;
    }

    /// <summary>Sends a code. An address that waited before in this session is forgotten, and its code with it.</summary>
    public async Task BeginAsync(Session session, string address, string language, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.ContactProofs.Where(p => p.SessionId == session.Id).ExecuteDeleteAsync(ct);
        db.ContactProofs.Add(new()
        {
            SessionId = session.Id,
            PersonId = session.PersonId,
            SealedAddress = vault.Seal(VaultPurpose.Contact, Context(session.PersonId), address),
            CodeDigest = DigestOf(session, code),
            CreatedAt = now,
            ExpiresAt = now + MailTemplate.ContactCode.Lifetime,
        });
        mails.Add(MailTemplate.ContactCode, address, language, new Dictionary<string, string> { [MailTemplate.CodeValue] = code });
        trail.Add("contact.code_sent", personId: session.PersonId, sessionId: session.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Counts before it looks, so that no number of parallel tries is more than the limit (L2). A right code counts once.</summary>
    public async Task<ContactVerdict> ProveAsync(Session session, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var mine = db.ContactProofs.Where(p => p.SessionId == session.Id);
        if (await mine.Where(p => p.Attempts < MostAttempts && p.ExpiresAt > now).ExecuteUpdateAsync(set => set.SetProperty(p => p.Attempts, p => p.Attempts + 1), ct) == 0)
            return ContactVerdict.TooOld;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var digest = DigestOf(session, code);
        var proof = await mine.AsNoTracking().SingleOrDefaultAsync(ct);
        if (proof is null) return ContactVerdict.TooOld;
        if (await mine.Where(p => p.CodeDigest == digest).ExecuteDeleteAsync(ct) == 0) return ContactVerdict.Wrong;
        await ReplaceAsync(session, proof.SealedAddress, now, ct);
        await transaction.CommitAsync(ct);
        return ContactVerdict.Proved;
    }

    /// <summary>No more mail there; the address still hears what happens for a while, so that nobody can silence it first.</summary>
    public async Task<bool> RemoveAsync(Session session, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Contacts.Where(c => c.PersonId == session.PersonId && c.ReplacedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReplacedAt, now), ct) == 0) return false;
        trail.Add("contact.removed", personId: session.PersonId, sessionId: session.Id);
        await board.TellAsync(session.PersonId, NoticeKind.ContactChanged, new() { SessionId = session.Id, Connector = session.Connector }, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task ChooseLanguageAsync(Session session, string? language, CancellationToken ct)
    {
        var person = await db.People.SingleAsync(p => p.Id == session.PersonId, ct);
        if (person.Language == language) return;
        person.Language = language;
        trail.Add("person.language_chosen", personId: session.PersonId, sessionId: session.Id, detail: language ?? "as the browser");
        await db.SaveChangesAsync(ct);
    }

    private async Task ReplaceAsync(Session session, string sealedAddress, DateTimeOffset now, CancellationToken ct)
    {
        var personId = session.PersonId;
        // A statement of its own: the unique index over the current one must see the old leave before the new comes.
        await db.Contacts.Where(c => c.PersonId == personId && c.ReplacedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReplacedAt, (DateTimeOffset?)now), ct);
        db.Contacts.Add(new() { PersonId = personId, SealedAddress = sealedAddress, VerifiedAt = now });
        trail.Add("contact.verified", personId: personId, sessionId: session.Id);
        // Saved before anybody is told: the addresses are read from the tables, the old ones and the new one.
        await db.SaveChangesAsync(ct);
        await board.TellAsync(personId, NoticeKind.ContactChanged, new() { SessionId = session.Id, Connector = session.Connector }, ct);
        await db.SaveChangesAsync(ct);
    }

    private string DigestOf(Session session, string code) => vault.Digest(VaultPurpose.ContactCode, $"{session.Id:N}/{code}");

    private static string Context(Guid personId) => $"{personId:N}";
}

public enum ContactVerdict
{
    Proved,
    Wrong,

    /// <summary>Expired, tried too often, replaced, or never sent in this session.</summary>
    TooOld,
}
