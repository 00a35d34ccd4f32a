using System.Diagnostics.CodeAnalysis;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Domain.Policies;
using Identity.Protocols.Federation;

namespace Identity.Domain.Configuration;

/// <summary>The words that files and tokens use for the values of an enumeration.</summary>
public sealed class WireNames<T>(params (T Value, string Name)[] pairs) where T : struct, Enum
{
    public IReadOnlyList<string> All { get; } = [.. pairs.Select(p => p.Name)];

    public string Of(T value) => Array.Find(pairs, p => EqualityComparer<T>.Default.Equals(p.Value, value)).Name;

    public bool TryFind(string name, [NotNullWhen(true)] out T? value)
    {
        var index = Array.FindIndex(pairs, p => p.Name == name);
        value = index < 0 ? null : pairs[index].Value;
        return index >= 0;
    }
}

public static class WireNames
{
    public static readonly WireNames<SecurityProfile> SecurityProfiles = new(
        (SecurityProfile.Compatible, "compatible"), (SecurityProfile.Standard, "standard"), (SecurityProfile.Fapi2, "fapi2"));

    public static readonly WireNames<Relaxation> Relaxations = new(
        (Relaxation.PkceOptional, "pkce_optional"), (Relaxation.NonceOptional, "nonce_optional"),
        (Relaxation.Rs256, "rs256"), (Relaxation.ClaimsInIdToken, "claims_in_id_token"));

    public static readonly WireNames<ApplicationType> ApplicationTypes = new(
        (ApplicationType.Web, "web"), (ApplicationType.Native, "native"), (ApplicationType.Machine, "machine"));

    public static readonly WireNames<ClientEnvironment> Environments = new((ClientEnvironment.Production, "production"), (ClientEnvironment.Sandbox, "sandbox"));

    public static readonly WireNames<ClientAuthenticationMethod> AuthenticationMethods = new(
        (ClientAuthenticationMethod.None, "none"),
        (ClientAuthenticationMethod.ClientSecretBasic, "client_secret_basic"),
        (ClientAuthenticationMethod.ClientSecretPost, "client_secret_post"),
        (ClientAuthenticationMethod.PrivateKeyJwt, "private_key_jwt"));

    public static readonly WireNames<GrantType> GrantTypes = new(
        (GrantType.AuthorizationCode, "authorization_code"), (GrantType.RefreshToken, "refresh_token"),
        (GrantType.ClientCredentials, "client_credentials"));

    public static readonly WireNames<SubjectType> SubjectTypes = new((SubjectType.Pairwise, "pairwise"), (SubjectType.Public, "public"));

    public static readonly WireNames<IdTokenSignatureAlgorithm> IdTokenAlgorithms = new(
        (IdTokenSignatureAlgorithm.Es256, "ES256"), (IdTokenSignatureAlgorithm.Rs256, "RS256"));

    public static readonly WireNames<DataRelease> DataReleases = new(
        (DataRelease.Consent, "consent"), (DataRelease.Notice, "notice"), (DataRelease.None, "none"));

    /// <summary>Of one attribute; whether there is a page at all is the client's <c>data_release</c>.</summary>
    public static readonly WireNames<DataRelease> ReleaseKinds = new((DataRelease.Consent, "consent"), (DataRelease.Notice, "notice"));

    public static readonly WireNames<CapacityKind> CapacityKinds = new(
        (CapacityKind.Citizen, "citizen"), (CapacityKind.Representative, "representative"),
        (CapacityKind.Official, "official"), (CapacityKind.Helper, "helper"));

    public static readonly WireNames<RepresentationStrength> RepresentationStrengths = new(
        (RepresentationStrength.None, "none"), (RepresentationStrength.MailDomain, "mail_domain"),
        (RepresentationStrength.ConfirmedByAdministrator, "confirmed_by_administrator"),
        (RepresentationStrength.AppointedInRegister, "appointed_in_register"), (RepresentationStrength.RegisteredOfficer, "registered_officer"));

    public static readonly WireNames<ProofingLevel> ProofingLevels = new(
        (ProofingLevel.SelfAsserted, "self_asserted"), (ProofingLevel.MailOnly, "mail_only"),
        (ProofingLevel.Level01, "01"), (ProofingLevel.Level02, "02"));

    public static readonly WireNames<ConnectorProtocol> ConnectorProtocols = new(
        (ConnectorProtocol.Oidc, "oidc"), (ConnectorProtocol.VNeId, "vneid"), (ConnectorProtocol.Password, "password"),
        (ConnectorProtocol.Ldap, "ldap"), (ConnectorProtocol.Imap, "imap"), (ConnectorProtocol.Passkey, "passkey"), (ConnectorProtocol.Register, "register"));

    public static readonly WireNames<PolicyName> PolicyNames = new(
        (PolicyName.Sessions, "sessions"), (PolicyName.SignIn, "sign-in"), (PolicyName.Review, "review"),
        (PolicyName.Retention, "retention"), (PolicyName.Reminders, "reminders"));

    public static readonly WireNames<ConnectorKind> ConnectorKinds = new(
        (ConnectorKind.NationalEid, "national_eid"), (ConnectorKind.OfficialMail, "official_mail"), (ConnectorKind.Local, "local"),
        (ConnectorKind.BusinessRegister, "business_register"));
}
