using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

/// <summary>Everything that differs between one directory and the next: OpenLDAP, 389, Zimbra, Active Directory are rows of these.</summary>
public sealed partial record LdapConnectorSettings : LineSettings
{
    public required string SearchBase { get; init; }

    /// <summary>The account that may search. Without it, <see cref="UserDn"/> says by which name people bind themselves.</summary>
    public string? BindDn { get; init; }

    /// <summary>The secret itself: whoever makes the connector has resolved the reference that the row holds.</summary>
    public string? BindPassword { get; init; }

    /// <summary>For directories without a searching account: <c>uid={local},ou=people,dc=mau,dc=example</c>, or <c>{address}</c> where that is a bind name.</summary>
    public string? UserDn { get; init; }

    /// <summary>Attribute to the value that makes an entry the typed mailbox's; one match is enough. <c>{address}</c>, <c>{local}</c> and <c>{domain}</c> stand for what was typed.</summary>
    public IReadOnlyDictionary<string, string> Login { get; init; } = new Dictionary<string, string> { ["mail"] = "{address}" };

    /// <summary>Class that entries of people have; empty asks for none.</summary>
    public string ObjectClass { get; init; } = "inetOrgPerson";

    /// <summary>
    /// What stays when a mailbox is renamed and is never given out again: <c>entryUUID</c>, <c>objectGUID</c>, <c>nsUniqueId</c>. Not
    /// the address, not the DN.
    /// </summary>
    public string IdAttribute { get; init; } = "entryUUID";
    public LdapIdForm IdForm { get; init; } = LdapIdForm.Text;

    /// <summary>Canonical attribute to the directory's; the first that holds something wins.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [AttributeNames.Name] = ["displayName", "cn"],
        [AttributeNames.Email] = ["mail"],
        [AttributeNames.PhoneNumber] = ["telephoneNumber"],
        [AttributeNames.EmployeeNumber] = ["employeeNumber"],
        [AttributeNames.OrganisationUnit] = ["departmentNumber", "ou"],
        [AttributeNames.JobTitle] = ["title"],
    };

    /// <summary>When an entry last changed, for whoever compares the directory with the record.</summary>
    public string ModifiedAttribute { get; init; } = "modifyTimestamp";

    /// <summary>Any of them: the account is out of use, whatever its password.</summary>
    public IReadOnlyList<LdapMark> DisabledWhen { get; init; } =
        [new() { Attribute = "pwdAccountLockedTime" }, new() { Attribute = "nsAccountLock", Value = "true" }, new() { Attribute = "userAccountControl", Bit = 2 }];

    /// <summary>Any of them: the mailbox belongs to an office, and nobody signs in by it.</summary>
    public IReadOnlyList<LdapMark> SharedWhen { get; init; } = [];

    /// <summary>Put before a telephone number that starts with a single zero.</summary>
    public string PhoneCountryCode { get; init; } = "84";

    internal override int StandardPort => Security == LineSecurity.Tls ? 636 : 389;

    /// <summary>Unknown members are refused, because a misspelt one would silently be a default.</summary>
    /// <exception cref="JsonException">Not the JSON of a connector's settings.</exception>
    public static LdapConnectorSettings FromJson(string json) =>
        JsonSerializer.Deserialize<LdapConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    /// <summary>Holds a secret, so it never prints itself.</summary>
    public override string ToString() => $"LdapConnectorSettings({Issuer})";
}

/// <summary>How the immutable id is written in the directory.</summary>
public enum LdapIdForm
{
    Text,

    /// <summary>Sixteen bytes in Microsoft's order.</summary>
    Guid,

    /// <summary>Any bytes.</summary>
    [JsonStringEnumMemberName("hex")]
    Bytes,
}
