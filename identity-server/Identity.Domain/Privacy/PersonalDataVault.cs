using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Keys;

namespace Identity.Domain.Privacy;

/// <summary>
/// Seals what is personal and finds people by keyed digest. One key per purpose, derived from the data key; the context (the
/// row's owner) is authenticated, so a sealed value copied to another person's row does not open.
/// </summary>
public sealed class PersonalDataVault(DataKeyRing keys)
{
    public string Seal(string purpose, string context, string value) =>
        Base64Url.EncodeToString(AesGcmBox.Seal(keys.Derive(purpose), Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(context)));

    /// <summary>Throws <see cref="CryptographicException"/> when the value was not sealed for this purpose and context.</summary>
    public string Open(string purpose, string context, string sealedValue) =>
        Encoding.UTF8.GetString(AesGcmBox.Open(keys.Derive(purpose), Base64Url.DecodeFromChars(sealedValue), Encoding.UTF8.GetBytes(context)));

    /// <summary>HMAC-SHA-256. A plain digest of a twelve-digit number is a phone book; a keyed one is not.</summary>
    public string Digest(string purpose, string value) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(keys.Derive(purpose), Encoding.UTF8.GetBytes(value)));
}

/// <summary>Purposes of the vault. A value sealed under one opens under no other.</summary>
public static class VaultPurpose
{
    public const string Attribute = "person-attribute";
    public const string PersonalNumberLookup = "personal-number-lookup";
    public const string PendingIdentity = "pending-identity";
    public const string ConflictDoor = "conflict-door";
    public const string UpstreamTransaction = "upstream-transaction";
    public const string ThrottleKey = "throttle-key";
    public const string ConnectorSecret = "connector-secret";
    public const string StaffRecord = "staff-record";
    public const string StaffMailLookup = "staff-mail-lookup";
    public const string UpstreamSubject = "upstream-subject";
    public const string KnownDevice = "known-device";
    public const string RecognisedDevice = "recognised-device";
    public const string Mail = "outgoing-mail";
    public const string Notice = "notice";
    public const string InvitationName = "invitation-name";
    public const string InvitationCode = "invitation-code";
    public const string Contact = "contact";
    public const string ContactCode = "contact-code";
    public const string TotpSecret = "totp-secret";
    public const string TotpOffer = "totp-offer";
    public const string ParkedForm = "parked-form";
    public const string MemberMail = "member-mail";
    public const string MemberMailLookup = "member-mail-lookup";
    public const string TrySecret = "try-secret";
    public const string RoleMail = "role-mail";
    public const string RoleMailLookup = "role-mail-lookup";
    public const string LinkMail = "link-mail";
    public const string StaffUpload = "staff-upload";
    public const string RecoveryCode = "recovery-code";
    public const string MailedCode = "mailed-code";
}
