using Identity.Domain.Assurance;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Domain.Configuration;

public enum ConnectorProtocol
{
    Oidc,
    VNeId,
    Password,
    Ldap,
    Imap,

    /// <summary>Our own: a passkey as the way in. It stands here so that an operator switches it, and a client accepts it, like any other way.</summary>
    Passkey,

    /// <summary>A register that the server asks; nobody signs in through it.</summary>
    Register,
}

public enum ConnectorKind
{
    NationalEid,
    OfficialMail,
    Local,
    BusinessRegister,
}

/// <summary>An upstream as configured; the running connector is made from it.</summary>
public sealed record ConnectorRegistration
{
    public required string Name { get; init; }
    public required ConnectorProtocol Protocol { get; init; }
    public required ConnectorKind Kind { get; init; }
    public required LocalizedText DisplayName { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>A way in for made-up people, which no client of production may offer.</summary>
    public ClientEnvironment Environment { get; init; }

    /// <summary>False for what is only asked by the server itself.</summary>
    public bool IsWayIn => Kind != ConnectorKind.BusinessRegister;

    /// <summary>Place in the list of ways to sign in; the smallest comes first.</summary>
    public int Order { get; init; }

    /// <summary>What citizens read beside this way in while it has trouble.</summary>
    public LocalizedText? Incident { get; init; }

    public required ConnectorAssurance Assurance { get; init; }

    /// <summary>Domains of official mail whose addresses lead here, and the only ones whose addresses this upstream may assert.</summary>
    public IReadOnlyList<OfficialMailDomain> Domains { get; init; } = [];

    /// <summary>An official_mail row without domains is a directory for others to read.</summary>
    public bool IsMailDoor => Kind == ConnectorKind.OfficialMail && Domains.Count > 0;

    /// <summary>Its password is typed on our page, so there is no way to it that a button could start.</summary>
    public bool TakesPassword => Protocol is ConnectorProtocol.Ldap or ConnectorProtocol.Imap;

    /// <summary>The ldap connector that an imap connector takes immutable ids from.</summary>
    public string? DirectoryName =>
        Protocol == ConnectorProtocol.Imap && Settings.TryGetProperty("directory", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    /// <summary>The protocol's own settings, an object, always without its secrets.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>By the names of their members. In clear here, because the upstream wants them in clear; the storage layer protects them at rest, apart from the document.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = ConnectorSecret.None;

    /// <summary>What a connector is made from: the settings with the secrets put back.</summary>
    public JsonElement SettingsWithSecrets() => ConnectorSecret.PutInto(Settings, Secrets);

    public override string ToString() => $"ConnectorRegistration({Name})";
}
