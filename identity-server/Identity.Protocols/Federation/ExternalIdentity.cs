namespace Identity.Protocols.Federation;

/// <summary>How a person was proofed by the source, on the national scale (Decree 69/2024). Order matters: higher is stronger.</summary>
public enum ProofingLevel
{
    /// <summary>Nobody vouches for who this is (a local password, a self-registered upstream).</summary>
    SelfAsserted = 0,

    /// <summary>An agency vouches for a mailbox, not for a human.</summary>
    MailOnly = 1,

    /// <summary>National e-ID level 01.</summary>
    Level01 = 2,

    /// <summary>National e-ID level 02: proofed face to face with chip card or biometrics.</summary>
    Level02 = 3,
}

/// <summary>Whether the upstream account stands for a human or for an organisation. Only a human can sign in.</summary>
public enum ExternalSubjectKind
{
    Individual,
    Organisation,
}

/// <summary>
/// What a connector has proved about somebody, in our own words. The only thing that leaves a connector; upstream tokens and
/// raw answers stay behind.
/// </summary>
/// <param name="Connector">Name of the connector row that produced it.</param>
/// <param name="Issuer">Upstream issuer. Together with <paramref name="Subject"/> the only key for linking.</param>
/// <param name="Subject">Stable subject at that issuer, exactly as sent.</param>
/// <param name="Attributes">Canonical attribute names (<see cref="AttributeNames"/>) to normalised values.</param>
/// <param name="Amr">RFC 8176 method names as far as the upstream's contract lets us know them; empty when it does not.</param>
/// <param name="AuthenticatedAt">When the human was present at the upstream.</param>
public sealed record ExternalIdentity(
    string Connector,
    string Issuer,
    string Subject,
    ExternalSubjectKind Kind,
    ProofingLevel Proofing,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> Amr,
    DateTimeOffset AuthenticatedAt)
{
    /// <summary>The upstream's ID token, kept in memory only until the upstream logout link is built; never stored.</summary>
    public string? LogoutHint { get; init; }

    public string? Find(string attribute) => Attributes.GetValueOrDefault(attribute);

    /// <summary>Nothing personal may reach a log through string interpolation.</summary>
    public override string ToString() => $"ExternalIdentity({Connector}, {Proofing})";
}

/// <summary>Canonical attribute names: what connectors map to, persons store and claims are made from.</summary>
public static class AttributeNames
{
    /// <summary>Full name, family name first, as the register writes it, NFC.</summary>
    public const string Name = "name";

    /// <summary>ISO 8601 date, <c>yyyy-MM-dd</c>; <c>yyyy</c> alone where the register knows no day.</summary>
    public const string BirthDate = "birthdate";

    /// <summary><c>male</c>, <c>female</c> or <c>other</c>.</summary>
    public const string Gender = "gender";

    /// <summary>National personal identification number, 12 digits.</summary>
    public const string PersonalNumber = "personal_number";

    /// <summary>E.164, for example <c>+84900000001</c>.</summary>
    public const string PhoneNumber = "phone_number";

    public const string Email = "email";

    /// <summary><c>true</c> or <c>false</c>; a contact, never a key.</summary>
    public const string EmailVerified = "email_verified";

    public const string PhoneNumberVerified = "phone_number_verified";

    /// <summary>One line, as the register formats it.</summary>
    public const string Address = "address";

    public const string TaxCode = "tax_code";
    public const string OrganisationName = "organisation_name";
    public const string EnterpriseCode = "enterprise_code";

    /// <summary>The number that an agency's own staff records know the person by.</summary>
    public const string EmployeeNumber = "employee_number";

    /// <summary>Department or unit, as the agency's directory writes it: what it says, not what the register of agencies proves.</summary>
    public const string OrganisationUnit = "organisation_unit";

    /// <summary>Position, as the agency's directory writes it.</summary>
    public const string JobTitle = "job_title";

    public const string GivenName = "given_name";
    public const string FamilyName = "family_name";
    public const string MiddleName = "middle_name";
    public const string Nickname = "nickname";
    public const string PreferredUsername = "preferred_username";
    public const string Profile = "profile";
    public const string Picture = "picture";
    public const string Website = "website";
    public const string ZoneInfo = "zoneinfo";
    public const string Locale = "locale";
}
