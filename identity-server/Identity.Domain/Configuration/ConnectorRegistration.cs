using Identity.Domain.Assurance;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Protocols.Federation;

namespace Identity.Domain.Configuration;

public enum ConnectorProtocol
{
    Oidc,
    Password,

    /// <summary>Our own: a passkey as the way in. It stands here so that an operator switches it, and a client accepts it, like any other way.</summary>
    Passkey,
}

public enum ConnectorKind
{
    NationalEid,
    OfficialMail,
    Local,
}

/// <summary>An upstream as configured; the running connector is made from it.</summary>
public sealed record ConnectorRegistration
{
    public required string Name { get; init; }
    public required ConnectorProtocol Protocol { get; init; }
    public required ConnectorKind Kind { get; init; }
    public required LocalizedText DisplayName { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>Place in the list of ways to sign in; the smallest comes first.</summary>
    public int Order { get; init; }

    /// <summary>What citizens read beside this way in while it has trouble.</summary>
    public LocalizedText? Incident { get; init; }

    public required ConnectorAssurance Assurance { get; init; }

    /// <summary>The protocol's own settings, an object, always without the client secret.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>In clear here, because the upstream wants it in clear; the storage layer protects it at rest, apart from the document.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What a connector is made from: the settings with the secret put back.</summary>
    public JsonElement SettingsWithSecret() => ConnectorSecret.PutInto(Settings, ClientSecret);

    public override string ToString() => $"ConnectorRegistration({Name})";
}
