using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>
/// Says what is wrong with a connector's own settings (secrets included); one sentence each, which begins with the member's name.
/// Injected, because the Domain does not know the connectors.
/// </summary>
public delegate IEnumerable<LocalizedText> SettingsCheck(ConnectorProtocol protocol, JsonElement settings);

internal sealed class ConnectorRules(SettingsCheck checkSettings, ErrorList errors)
{
    /// <summary>From a file: a mask stands for the secret that is stored already.</summary>
    public ConnectorRegistration Import(Located<ConnectorRegistration> located, ConnectorRegistration? before)
    {
        var connector = located.Item;
        var secrets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (member, given) in connector.Secrets)
            secrets[member] = given == ConnectorSecret.Mask ? Unmask(member, located, before) : given;
        return Checked(connector with { Secrets = secrets }, located.Path);
    }

    private string Unmask(string member, Located<ConnectorRegistration> located, ConnectorRegistration? before)
    {
        if (before is null || !before.Secrets.TryGetValue(member, out var stored))
            Refuse(located.Path, member, ConnectorFaults.MaskWithoutSecret);
        else if (!ConnectorSecret.MaySurvive(member, before, located.Item.Protocol, located.Item.Settings))
            Refuse(located.Path, member, ConnectorFaults.MaskAtNewPlace(string.Join(", ", ConnectorSecret.DestinationOf(member))));
        else return stored;
        return ConnectorSecret.Mask;
    }

    /// <summary>From the database: the document holds the masks, the secrets came from their own protected column.</summary>
    public ConnectorRegistration Restore(ConnectorRegistration connector, string? stored)
    {
        var secrets = ConnectorSecret.FromStored(stored);
        foreach (var (member, given) in connector.Secrets)
            if (given != ConnectorSecret.Mask) Refuse("", member, ConnectorFaults.SecretInClear);
            else if (!secrets.ContainsKey(member)) Refuse("", member, ConnectorFaults.ProtectedValueMissing);
        var known = connector.Secrets.Keys.ToDictionary(member => member, member => secrets.GetValueOrDefault(member, ConnectorSecret.Mask));
        return Checked(connector with { Secrets = new SortedDictionary<string, string>(known, StringComparer.Ordinal) }, "");
    }

    private ConnectorRegistration Checked(ConnectorRegistration connector, string path)
    {
        foreach (var problem in checkSettings(connector.Protocol, connector.SettingsWithSecrets()))
            errors.AddUnreadable(JsonSoundness.Join(path, "settings"), problem);
        return connector;
    }

    private void Refuse(string path, string member, LocalizedText message) => errors.AddUnreadable(JsonSoundness.Join(path, $"settings.{member}"), message);
}
