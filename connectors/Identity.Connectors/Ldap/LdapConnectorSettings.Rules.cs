using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

public sealed partial record LdapConnectorSettings
{
    private static readonly string[] Mappable =
    [
        AttributeNames.Name, AttributeNames.GivenName, AttributeNames.FamilyName, AttributeNames.MiddleName, AttributeNames.Email, AttributeNames.PhoneNumber,
        AttributeNames.EmployeeNumber, AttributeNames.OrganisationUnit, AttributeNames.JobTitle,
    ];

    /// <summary>For the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<SettingsFault> Problems() => [.. LineProblems(), .. BindProblems(), .. EntryProblems()];

    private IEnumerable<SettingsFault> BindProblems()
    {
        if (SearchBase.Length == 0) yield return SettingsFaults.IsEmpty("search_base");
        if (BindDn is null == UserDn is null) yield return LdapSettingsFaults.OneWayToBind;
        if (BindDn is not null && string.IsNullOrEmpty(BindPassword)) yield return LdapSettingsFaults.PasswordIsNeeded;
        if (BindDn is null && BindPassword is not null) yield return LdapSettingsFaults.PasswordIsOfNoUse;
        if (BindDn is "") yield return SettingsFaults.IsEmpty("bind_dn");
        if (UserDn is not null && !HasPlaceholder(UserDn)) yield return LdapSettingsFaults.UserDnShape;
        if (Login.Count == 0) yield return LdapSettingsFaults.LoginIsEmpty;
        if (Login.FirstOrDefault(l => !IsName(l.Key) || !HasPlaceholder(l.Value)) is { Key: not null } odd)
            yield return LdapSettingsFaults.LoginShape(odd.Key);
    }

    private IEnumerable<SettingsFault> EntryProblems()
    {
        if (!IsName(IdAttribute)) yield return LdapSettingsFaults.NotAttribute("id_attribute");
        if (string.Equals(IdAttribute, "mail", StringComparison.OrdinalIgnoreCase) || string.Equals(IdAttribute, "uid", StringComparison.OrdinalIgnoreCase))
            yield return LdapSettingsFaults.IdIsGivenAgain;
        if (!IsName(ModifiedAttribute)) yield return LdapSettingsFaults.NotAttribute("modified_attribute");
        if (ObjectClass.Length > 0 && !IsName(ObjectClass)) yield return LdapSettingsFaults.ClassShape;
        if (Attributes.Keys.FirstOrDefault(a => !Mappable.Contains(a)) is { } foreign)
            yield return LdapSettingsFaults.AttributeIsNotProved(foreign, string.Join(", ", Mappable));
        if (Attributes.Values.Any(names => names.Count == 0 || !names.All(IsName))) yield return LdapSettingsFaults.AttributesShape;
        if (DisabledWhen.Concat(SharedWhen).Any(mark => !mark.IsSound))
            yield return LdapSettingsFaults.MarkShape;
        if (PhoneCountryCode.Length is 0 or > 3 || !PhoneCountryCode.All(char.IsAsciiDigit)) yield return SettingsFaults.CountryCodeShape;
    }

    private static bool HasPlaceholder(string template) =>
        template.Contains("{address}", StringComparison.Ordinal) || template.Contains("{local}", StringComparison.Ordinal);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ';' or '_');
}
