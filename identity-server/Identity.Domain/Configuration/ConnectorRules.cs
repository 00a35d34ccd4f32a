using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>
/// Says what is wrong with a connector's own settings (secret included); one sentence each, which begins with the member's name.
/// Injected, because the Domain does not know the connectors.
/// </summary>
public delegate IEnumerable<string> SettingsCheck(ConnectorProtocol protocol, JsonElement settings);

internal sealed class ConnectorRules(SettingsCheck checkSettings, ErrorList errors)
{
    /// <summary>From a file: a mask stands for the secret that is stored already.</summary>
    public ConnectorRegistration Import(Located<ConnectorRegistration> located, ConnectorRegistration? before)
    {
        var connector = located.Item;
        if (connector.ClientSecret == ConnectorSecret.Mask)
        {
            if (before?.ClientSecret is null)
                RefuseSecret(connector, located.Path, "is masked, but no secret is stored for this connector; write the secret itself");
            else if (!ConnectorSecret.MaySurvive(before, connector.Protocol, connector.Settings))
                RefuseSecret(connector, located.Path, $"is masked, but where it is sent changed (protocol, {string.Join(", ", ConnectorSecret.DestinationOf(connector.Protocol))}); write the secret again, so that it is sent nowhere by surprise");
            else connector = connector with { ClientSecret = before.ClientSecret };
        }
        return Checked(connector, located.Path);
    }

    /// <summary>From the database: the document holds the mask, the secret came from its own protected column.</summary>
    public ConnectorRegistration Restore(ConnectorRegistration connector, string? secret)
    {
        if (connector.ClientSecret is { } given && given != ConnectorSecret.Mask) RefuseSecret(connector, "", "is stored in clear; only the mask may stand here");
        else if (connector.ClientSecret is not null && secret is null) RefuseSecret(connector, "", "is masked, but its protected value is missing");
        return Checked(connector.ClientSecret is null ? connector : connector with { ClientSecret = secret ?? ConnectorSecret.Mask }, "");
    }

    private ConnectorRegistration Checked(ConnectorRegistration connector, string path)
    {
        foreach (var problem in checkSettings(connector.Protocol, connector.SettingsWithSecret()))
            errors.AddUnreadable(JsonSoundness.Join(path, "settings"), problem);
        return connector;
    }

    private void RefuseSecret(ConnectorRegistration connector, string path, string message) =>
        errors.AddUnreadable(JsonSoundness.Join(path, $"settings.{ConnectorSecret.MemberOf(connector.Protocol)}"), message);
}
