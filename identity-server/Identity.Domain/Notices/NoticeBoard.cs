using System.Text.Json;
using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>
/// Tells a person what happened to their account (identity-model.md, rule 12): a row under "my account" and one mail to every address
/// that is or lately was theirs. All in the caller's transaction, so nobody is told what was rolled back.
/// </summary>
public sealed class NoticeBoard(IdentityDb db, KnownContacts contacts, MailQueue mails, PersonalDataVault vault, AuditTrail trail, TimeProvider clock)
{
    /// <summary>A mail about something that happened days ago alarms more than it helps; the row stays.</summary>
    private static readonly TimeSpan MailLifetime = TimeSpan.FromDays(3);

    /// <summary>Each kind has its letter, <c>notice.new_device.*</c>.</summary>
    public static MailTemplate LetterOf(NoticeKind kind) => new($"notice.{WordOf(kind)}", MailUrgency.Notice, MailLifetime);

    /// <summary>The kind in text keys and in the trail: <c>new_device</c>.</summary>
    public static string WordOf(NoticeKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>The caller saves.</summary>
    /// <param name="notBefore">Mails wait until then; the row does not.</param>
    public async Task<Notice> TellAsync(Guid personId, NoticeKind kind, NoticeFacts facts, CancellationToken ct, DateTimeOffset? notBefore = null)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7();
        var names = NamesOf(facts);
        var notice = new Notice
        {
            Id = id,
            PersonId = personId,
            Kind = kind,
            At = now,
            Connector = facts.Connector,
            ClientId = facts.ClientId,
            SessionId = facts.SessionId,
            About = facts.About,
            SealedNames = vault.Seal(VaultPurpose.Notice, id.ToString("N"), JsonSerializer.Serialize(names)),
        };
        db.Notices.Add(notice);
        var letter = LetterOf(kind);
        var values = ValuesOf(facts, names, now);
        // The row itself: somebody who was made in this very unit of work is in no table yet.
        var language = (await db.People.FindAsync([personId], ct))?.Language;
        var addresses = await contacts.AddressesAsync(personId, ct);
        foreach (var address in addresses) mails.Add(letter, address, language, values, notBefore: notBefore, expiresAt: (notBefore ?? now) + letter.Lifetime);
        trail.Add("notice.given", WordOf(kind), personId, facts.ClientId, facts.SessionId, facts.Connector, detail: $"mails={addresses.Count}");
        return notice;
    }

    public IReadOnlyDictionary<string, string> Names(Notice notice) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(vault.Open(VaultPurpose.Notice, notice.Id.ToString("N"), notice.SealedNames))!;

    private static Dictionary<string, string> NamesOf(NoticeFacts facts)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (facts.Device is { } device) names["device"] = device;
        if (facts.Method is { } method) names["method"] = method;
        if (facts.Organisation is { } organisation) names["org"] = organisation;
        if (facts.Reference is { } reference) names["reference"] = reference;
        return names;
    }

    private static Dictionary<string, string> ValuesOf(NoticeFacts facts, Dictionary<string, string> names, DateTimeOffset now)
    {
        var values = new Dictionary<string, string>(names, StringComparer.Ordinal) { ["at"] = now.ToString("O") };
        if (facts.Connector is { } connector) values[MailTemplate.ConnectorValue] = connector;
        if (facts.ClientId is { } client) values[MailTemplate.ClientValue] = client;
        return values;
    }
}
