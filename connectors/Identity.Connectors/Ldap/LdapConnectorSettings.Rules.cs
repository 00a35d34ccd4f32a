using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

public sealed partial record LdapConnectorSettings
{
    private static readonly string[] Mappable =
    [
        AttributeNames.Name, AttributeNames.GivenName, AttributeNames.FamilyName, AttributeNames.MiddleName, AttributeNames.Email, AttributeNames.PhoneNumber,
        AttributeNames.EmployeeNumber, AttributeNames.OrganisationUnit, AttributeNames.JobTitle,
    ];

    /// <summary>Sentences for the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<string> Problems() => [.. LineProblems(), .. BindProblems(), .. EntryProblems()];

    private IEnumerable<string> BindProblems()
    {
        if (SearchBase.Length == 0) yield return "search_base must not be empty.";
        if (BindDn is null == UserDn is null) yield return "bind_dn or user_dn must be given, and not both.";
        if (BindDn is not null && string.IsNullOrEmpty(BindPassword)) yield return "bind_password is needed with bind_dn: a search without one proves nothing about who answers it.";
        if (BindDn is null && BindPassword is not null) yield return "bind_password is of no use without bind_dn.";
        if (BindDn is "") yield return "bind_dn must not be empty.";
        if (UserDn is not null && !HasPlaceholder(UserDn)) yield return "user_dn must contain {address} or {local}.";
        if (Login.Count == 0) yield return "login must name at least one attribute.";
        if (Login.FirstOrDefault(l => !IsName(l.Key) || !HasPlaceholder(l.Value)) is { Key: not null } odd)
            yield return $"login must map names of attributes to values with {{address}} or {{local}}; {odd.Key} does not.";
    }

    private IEnumerable<string> EntryProblems()
    {
        if (!IsName(IdAttribute)) yield return "id_attribute must be the name of an attribute.";
        if (string.Equals(IdAttribute, "mail", StringComparison.OrdinalIgnoreCase) || string.Equals(IdAttribute, "uid", StringComparison.OrdinalIgnoreCase))
            yield return "id_attribute must not be mail or uid: both are given to somebody else one day.";
        if (!IsName(ModifiedAttribute)) yield return "modified_attribute must be the name of an attribute.";
        if (ObjectClass.Length > 0 && !IsName(ObjectClass)) yield return "object_class must be the name of a class.";
        if (Attributes.Keys.FirstOrDefault(a => !Mappable.Contains(a)) is { } foreign)
            yield return $"attributes contains {foreign}, which a directory of mailboxes does not prove; known are {string.Join(", ", Mappable)}.";
        if (Attributes.Values.Any(names => names.Count == 0 || !names.All(IsName))) yield return "attributes must map to names of attributes.";
        if (DisabledWhen.Concat(SharedWhen).Any(mark => !mark.IsSound))
            yield return "every mark of disabled_when and shared_when needs attribute (alone, with value, or with bit) or under.";
        if (PhoneCountryCode.Length is 0 or > 3 || !PhoneCountryCode.All(char.IsAsciiDigit)) yield return "phone_country_code is one to three digits.";
    }

    private static bool HasPlaceholder(string template) =>
        template.Contains("{address}", StringComparison.Ordinal) || template.Contains("{local}", StringComparison.Ordinal);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ';' or '_');
}
