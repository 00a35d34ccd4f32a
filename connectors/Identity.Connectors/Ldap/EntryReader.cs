using System.Globalization;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

/// <summary>What a directory's entry says, in our own words.</summary>
internal sealed class EntryReader(LdapConnectorSettings settings)
{
    private const int LongestId = 128;

    /// <summary>Operational attributes (the id, the lock) come only when they are named.</summary>
    public IReadOnlyList<string> Wanted { get; } =
    [
        .. new[] { settings.IdAttribute, settings.ModifiedAttribute }.Concat(settings.Attributes.Values.SelectMany(names => names))
            .Concat(settings.DisabledWhen.Concat(settings.SharedWhen).Select(mark => mark.Attribute).OfType<string>())
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    public string? Id(LdapEntry entry)
    {
        var id = settings.IdForm switch
        {
            LdapIdForm.Guid => entry.First(settings.IdAttribute) is { Length: 16 } bytes ? new Guid(bytes).ToString("D") : null,
            LdapIdForm.Bytes => entry.First(settings.IdAttribute) is { Length: > 0 } bytes ? Convert.ToHexStringLower(bytes) : null,
            _ => entry.Texts(settings.IdAttribute).FirstOrDefault(),
        };
        return id is { Length: > 0 and <= LongestId } && id.All(c => c is > ' ' and <= '~') ? id : null;
    }

    public bool IsDisabled(LdapEntry entry) => settings.DisabledWhen.Any(mark => mark.Matches(entry));

    public bool IsShared(LdapEntry entry, string mailbox) =>
        settings.IsShared(mailbox) || settings.SharedWhen.Any(mark => mark.Matches(entry));

    /// <summary>Of several addresses the mailbox's own is the one that people are reached at, then the one that was typed.</summary>
    public Dictionary<string, string> Attributes(LdapEntry entry, PasswordAttempt attempt)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in settings.Attributes.Keys.Where(a => a != AttributeNames.Email))
            if (Value(entry, attribute) is { } value) attributes[attribute] = value;
        var addresses = Addresses(entry).ToList();
        attributes[AttributeNames.Email] = addresses.Contains(attempt.Mailbox) ? attempt.Mailbox
            : addresses.Contains(attempt.LoginName) ? attempt.LoginName
            : addresses.FirstOrDefault() ?? attempt.Mailbox;
        attributes[AttributeNames.EmailVerified] = "true";
        return attributes;
    }

    public DirectoryEntry? Describe(LdapEntry entry) => Id(entry) is not { } id ? null : new DirectoryEntry(id, IsDisabled(entry), IsShared(entry, Addresses(entry).FirstOrDefault() ?? ""))
    {
        Mail = Addresses(entry).FirstOrDefault(),
        Name = Value(entry, AttributeNames.Name),
        EmployeeNumber = Value(entry, AttributeNames.EmployeeNumber),
        OrganisationUnit = Value(entry, AttributeNames.OrganisationUnit),
        JobTitle = Value(entry, AttributeNames.JobTitle),
        ModifiedAt = Moment(entry.Texts(settings.ModifiedAttribute).FirstOrDefault()),
    };

    private IEnumerable<string> Addresses(LdapEntry entry) =>
        settings.Attributes.GetValueOrDefault(AttributeNames.Email, []).SelectMany(entry.Texts).Select(a => AttributeForm.Clean(a).ToLowerInvariant()).Where(AttributeForm.IsAddress);

    private string? Value(LdapEntry entry, string attribute)
    {
        var text = settings.Attributes.GetValueOrDefault(attribute, []).SelectMany(entry.Texts).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));
        if (text is null or { Length: > AttributeForm.LongestValue }) return null;
        var clean = AttributeForm.Clean(text);
        return clean.Length == 0 ? null : attribute == AttributeNames.PhoneNumber ? AttributeForm.PhoneNumber(clean, settings.PhoneCountryCode) : clean;
    }

    /// <summary>RFC 4517 §3.3.13, in UTC as directories write it; with a fraction that Active Directory adds.</summary>
    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParseExact(text, (string[])["yyyyMMddHHmmss'Z'", "yyyyMMddHHmmss'.'f'Z'", "yyyyMMddHHmmss'.'ffffff'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
}

/// <summary>One mailbox of a directory, for whoever compares it with the record.</summary>
/// <param name="Id">The immutable id: the subject of the links that signing in by this directory makes.</param>
public sealed record DirectoryEntry(string Id, bool IsDisabled, bool IsShared)
{
    public string? Mail { get; init; }
    public string? Name { get; init; }
    public string? EmployeeNumber { get; init; }
    public string? OrganisationUnit { get; init; }
    public string? JobTitle { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }

    public override string ToString() => nameof(DirectoryEntry);
}
