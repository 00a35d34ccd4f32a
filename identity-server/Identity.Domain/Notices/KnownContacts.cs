using Identity.Domain.Mail;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Notices;

/// <summary>
/// Every address that reaches a person: what they proved, what their sources say, and what either was until lately. Nobody can
/// silence the old address by writing a new one beside it.
/// </summary>
public sealed class KnownContacts(IdentityDb db, PersonalDataVault vault, TimeProvider clock)
{
    /// <summary>More is not a person's mail any more but somebody's flood.</summary>
    private const int Most = 6;

    /// <summary>Proved ones first, then the newest; each once.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync(Guid personId, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Contact.NoticePeriod;
        var proved = await db.Contacts.AsNoTracking().Where(c => c.PersonId == personId && (c.ReplacedAt == null || c.ReplacedAt > since))
            .OrderBy(c => c.ReplacedAt != null).ThenByDescending(c => c.VerifiedAt).ToListAsync(ct);
        var asserted = await db.PersonAttributes.AsNoTracking()
            .Where(a => a.PersonId == personId && a.Name == AttributeNames.Email && (a.SupersededAt == null || a.SupersededAt > since))
            .OrderBy(a => a.SupersededAt != null).ThenByDescending(a => a.ObtainedAt).ToListAsync(ct);
        return [.. proved.Select(Open).Concat(asserted.Select(a => vault.Open(VaultPurpose.Attribute, PersonDirectory.Context(personId, a.Name), a.SealedValue)))
            .Where(MailQueue.IsAddress).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];
    }

    public string Open(Contact contact) => vault.Open(VaultPurpose.Contact, $"{contact.PersonId:N}", contact.SealedAddress);
}
