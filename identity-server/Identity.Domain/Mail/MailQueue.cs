using System.Text.Json;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;

namespace Identity.Domain.Mail;

/// <summary>Mail that this unit of work owes: it is sent when the caller commits, and never when the caller does not.</summary>
public sealed class MailQueue(IdentityDb db, PersonalDataVault vault, TimeProvider clock)
{
    /// <summary>RFC 5321 §4.5.3.1.3.</summary>
    private const int LongestAddress = 254;

    private const int LongestValue = 500;

    /// <param name="language"><c>vi</c>, <c>en</c>, or null for both.</param>
    /// <param name="expiresAt">When the letter's own life is not the right one: the end of the code in it.</param>
    public OutgoingMail Add(MailTemplate template, string recipient, string? language, IReadOnlyDictionary<string, string> values,
        DateTimeOffset? expiresAt = null, DateTimeOffset? notBefore = null)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7();
        var fitting = values.ToDictionary(v => v.Key, v => v.Value.Length > LongestValue ? v.Value[..LongestValue] : v.Value, StringComparer.Ordinal);
        var mail = new OutgoingMail
        {
            Id = id,
            Template = template.Name,
            Urgency = template.Urgency,
            Language = language,
            SealedRecipient = vault.Seal(VaultPurpose.Mail, Context(id, "to"), recipient),
            SealedValues = vault.Seal(VaultPurpose.Mail, Context(id, "values"), JsonSerializer.Serialize(fitting)),
            CreatedAt = now,
            ExpiresAt = expiresAt ?? now + template.Lifetime,
            NextAttemptAt = notBefore ?? now,
        };
        db.OutgoingMails.Add(mail);
        return mail;
    }

    public (string Recipient, IReadOnlyDictionary<string, string> Values) Open(OutgoingMail mail) =>
        (vault.Open(VaultPurpose.Mail, Context(mail.Id, "to"), mail.SealedRecipient),
            JsonSerializer.Deserialize<Dictionary<string, string>>(vault.Open(VaultPurpose.Mail, Context(mail.Id, "values"), mail.SealedValues))!);

    /// <summary>
    /// Whether mail can be sent there at all: one ASCII mailbox, no display name, no route, nothing that could end a header line (M8). An
    /// address in other letters needs SMTPUTF8, which the relays of agencies do not speak.
    /// </summary>
    public static bool IsAddress(string text)
    {
        if (text.Length is 0 or > LongestAddress || text.Any(c => c is <= ' ' or > '~' || "()<>[]:;\\,\"".Contains(c, StringComparison.Ordinal))) return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || at != text.LastIndexOf('@')) return false;
        var (local, domain) = (text[..at], text[(at + 1)..]);
        return local is not (['.', ..] or [.., '.']) && !local.Contains("..", StringComparison.Ordinal)
            && domain.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(domain) == UriHostNameType.Dns;
    }

    private static string Context(Guid id, string part) => $"{id:N}/{part}";
}
