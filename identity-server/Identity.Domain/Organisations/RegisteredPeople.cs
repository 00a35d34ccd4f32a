using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>Who of our people is an entry of the register. Only a national number proofed at level 02 counts, together with the very same birth date (identity-model rules 3 and 10).</summary>
public sealed class RegisteredPeople(IdentityDb db, PersonDirectory people, PersonalDataVault vault, AuditTrail audit, TimeProvider clock)
{
    public async Task<RecognisedPerson?> RecogniseAsync(RegisteredOfficer officer, Organisation organisation, bool reportNearMisses, CancellationToken ct)
    {
        if (PersonalNumber.FromAssertion(officer.PersonalNumber, clock.GetUtcNow()) is not { Number: { } number, Error: null }) return null;
        var digest = vault.Digest(VaultPurpose.PersonalNumberLookup, number.Value);
        var holders = await db.PersonAttributes.AsNoTracking().Where(a => a.LookupDigest == digest && a.SupersededAt == null && a.Level == ProofingLevel.Level02)
            .Select(a => a.PersonId).Distinct().OrderBy(id => id).Take(2).ToListAsync(ct);
        if (holders is not [var holder]) return null;
        if (await IsBornOnAsync(holder, officer.BirthDate, ct)) return new RecognisedPerson(holder, digest);
        if (reportNearMisses) audit.Add("standing.refused", "partial_match", holder, connector: organisation.Source, detail: $"{organisation.TaxCode}: same number, another birth date or none");
        return null;
    }

    /// <summary>The number to ask a register with, in clear; null when nobody has vouched for it at level 02. Never for logs.</summary>
    public async Task<string?> NumberToAskWithAsync(Guid personId, CancellationToken ct)
    {
        var isProved = await db.PersonAttributes.AnyAsync(a => a.PersonId == personId && a.Name == AttributeNames.PersonalNumber && a.SupersededAt == null
            && a.Level == ProofingLevel.Level02 && a.LookupDigest != null, ct);
        if (!isProved) return null;
        var asserted = (await people.AttributesAsync(personId, ct))[AttributeNames.PersonalNumber];
        return PersonalNumber.FromAssertion(asserted, clock.GetUtcNow()) is { Number: { } number, Error: null } ? number.Value : null;
    }

    /// <summary>A year alone, on either side, is no birth date.</summary>
    private async Task<bool> IsBornOnAsync(Guid personId, string? day, CancellationToken ct) =>
        day is { Length: 10 } && (await people.AttributesAsync(personId, ct)).GetValueOrDefault(AttributeNames.BirthDate) == day;
}

/// <param name="NumberDigest">Keyed; part of the key by which the register's entry is found again.</param>
public sealed record RecognisedPerson(Guid Id, string NumberDigest);
