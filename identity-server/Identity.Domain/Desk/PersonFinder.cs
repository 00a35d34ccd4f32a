using System.Globalization;
using System.Text;
using Identity.Domain.Failures;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>From an exact key to the people whom it names, by digests and indexes. There is no way from here to a list of everybody.</summary>
public sealed class PersonFinder(IdentityDb db, PersonalDataVault vault, StaffPosts posts, TimeProvider clock)
{
    /// <summary>More is not a person any more but a group.</summary>
    public const int Most = 5;

    /// <summary>Null when the key has not the shape of one; at most one more than <see cref="Most"/>.</summary>
    public async Task<IReadOnlyList<Guid>?> FindAsync(LookUpRequest request, CancellationToken ct) => request.Key switch
    {
        LookUpKey.PersonalNumber => await ByNumberAsync(request.Text, ct),
        LookUpKey.NumberEnding => await ByEndingAsync(request.Text.Trim(), request.BirthYear, ct),
        LookUpKey.OfficialMail => await ByMailAsync(request.Text.Trim(), ct),
        LookUpKey.FailureCode => await ByCodeAsync(request.Text, ct),
        LookUpKey.LocalAccount => await ByAccountAsync(request.Text, ct),
        _ => null,
    };

    private async Task<IReadOnlyList<Guid>?> ByNumberAsync(string text, CancellationToken ct) =>
        PersonalNumber.FromAssertion(text, clock.GetUtcNow()).Number is { } number ? await HoldersAsync([Digest(number.Value)], ct) : null;

    /// <summary>
    /// Every number that could end so with that year is digested and looked for. A digest of four digits and a year stored beside the
    /// number would be quicker to ask, and quicker to guess for whoever steals the table.
    /// </summary>
    private async Task<IReadOnlyList<Guid>?> ByEndingAsync(string ending, int? year, CancellationToken ct)
    {
        if (ending.Length != 4 || !ending.All(char.IsAsciiDigit) || year is not { } born || born < 1900 || born > clock.GetUtcNow().Year) return null;
        return await HoldersAsync([.. NumbersEnding(ending, born).Select(Digest)], ct);
    }

    private static IEnumerable<string> NumbersEnding(string ending, int year) =>
        from place in BirthPlacePrefixes.Issued
        from sex in Enumerable.Range(0, 2)
        from middle in Enumerable.Range(0, 100)
        select string.Create(CultureInfo.InvariantCulture, $"{place:D3}{((year / 100) - 19) * 2 + sex}{year % 100:D2}{middle:D2}{ending}");

    private async Task<IReadOnlyList<Guid>?> ByMailAsync(string mail, CancellationToken ct)
    {
        if (mail.Length > 254 || mail.Split('@') is not [{ Length: > 0 }, { Length: > 0 }]) return null;
        var digest = posts.MailDigest(mail);
        return await db.StaffRecords.Where(r => r.MailDigest == digest && r.PersonId != null).Select(r => r.PersonId!.Value).Distinct().OrderBy(id => id).Take(Most + 1).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<Guid>?> ByCodeAsync(string spoken, CancellationToken ct) => FailureTimeline.Canonical(spoken) is { } reference
        ? await db.AuditEvents.Where(a => a.Reference == reference && a.PersonId != null).Select(a => a.PersonId!.Value).Distinct().OrderBy(id => id).Take(Most + 1).ToListAsync(ct)
        : null;

    private async Task<IReadOnlyList<Guid>?> ByAccountAsync(string text, CancellationToken ct)
    {
        if (text.Trim().Length is 0 or > 256 || !PasswordPolicy.IsText(text)) return null;
        var name = text.Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant();
        return await db.Users.Where(u => u.NormalizedUserName == name).Select(u => u.Id).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<Guid>> HoldersAsync(string[] digests, CancellationToken ct) => await db.PersonAttributes
        .Where(a => a.LookupDigest != null && EF.Parameter(digests).Contains(a.LookupDigest) && a.SupersededAt == null)
        .Select(a => a.PersonId).Distinct().OrderBy(id => id).Take(Most + 1).ToListAsync(ct);

    private string Digest(string number) => vault.Digest(VaultPurpose.PersonalNumberLookup, number);
}
