using System.Text;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>Reads configuration strictly: unknown members, repeated members, comments and loose types are errors, and all of them are listed.</summary>
public sealed class ConfigurationReader(TimeProvider clock, SettingsCheck checkSettings)
{
    private const int MaxItems = 10_000;
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>A file for import. Names may refer to <paramref name="current"/>, over which the accepted document is to be laid.</summary>
    public ConfigurationRead Read(ReadOnlyMemory<byte> utf8Json, ConfigurationDocument? current = null)
    {
        var errors = new ErrorList();
        var document = ReadRoot(utf8Json, errors, json => ReadDocument(json, current ?? ConfigurationDocument.Empty));
        return errors.IsEmpty && document is not null ? new ConfigurationRead.Accepted(document) : new ConfigurationRead.Refused(errors.All);
    }

    public ConfigurationRead Read(string json, ConfigurationDocument? current = null) => Read(Encoding.UTF8.GetBytes(json), current);

    public ItemRead<Client> ReadClient(string json) => ReadItem(json, new ClientReader(new ClientSecretReader(clock, stored: true)).Read);
    public static ItemRead<Scope> ReadScope(string json) => ReadItem(json, ItemReaders.ReadScope);
    public static ItemRead<Resource> ReadResource(string json) => ReadItem(json, ItemReaders.ReadResource);
    public static ItemRead<Sector> ReadSector(string json) => ReadItem(json, ItemReaders.ReadSector);
    public static ItemRead<Policy> ReadPolicy(string json) => ReadItem(json, PolicyReader.Read);

    /// <param name="secret">What <see cref="ConfigurationWriter"/> masked: <see cref="ConnectorRegistration.Secrets"/> as <see cref="ConnectorSecret.ToStored"/> stored them apart.</param>
    public ItemRead<ConnectorRegistration> ReadConnector(string json, string? secret) => ReadItem(json, item =>
        new ConnectorRules(checkSettings, item.Errors).Restore(ItemReaders.ReadConnector(item), secret));

    /// <summary>Uniqueness and references of a whole configuration, for a snapshot or before something is removed.</summary>
    public static IReadOnlyList<ConfigurationError> ReferenceErrors(ConfigurationDocument whole)
    {
        var errors = new ErrorList();
        new ReferenceRules(LocatedDocument.Empty.Over(whole), errors).Check();
        return errors.All;
    }

    /// <summary>The same for one client among items that were checked before: the cost does not grow with the number of clients.</summary>
    public static IReadOnlyList<ConfigurationError> ReferenceErrors(Client client, ConfigurationDocument around) => ReferenceErrors(around with { Clients = [client] });

    private ConfigurationDocument ReadDocument(ObjectReader json, ConfigurationDocument current)
    {
        var client = new ClientReader(new ClientSecretReader(clock, stored: false));
        var connectors = new ConnectorRules(checkSettings, json.Errors);
        var file = new LocatedDocument(
            json.Items("sectors", MaxItems, ItemReaders.ReadSector),
            json.Items("scopes", MaxItems, ItemReaders.ReadScope),
            json.Items("resources", MaxItems, ItemReaders.ReadResource),
            [.. json.Items("connectors", MaxItems, ItemReaders.ReadConnector).Select(c =>
                c with { Item = connectors.Import(c, current.Connectors.FirstOrDefault(old => old.Name == c.Item.Name)) })],
            json.Items("clients", MaxItems, client.Read),
            json.Items("policies", MaxItems, PolicyReader.Read));
        new ReferenceRules(file.Over(current), json.Errors).Check();
        return file.ToDocument();
    }

    private static ItemRead<T> ReadItem<T>(string json, Func<ObjectReader, T> read) where T : class
    {
        var errors = new ErrorList();
        var item = ReadRoot(Encoding.UTF8.GetBytes(json), errors, read);
        return errors.IsEmpty && item is not null ? new ItemRead<T>.Accepted(item) : new ItemRead<T>.Refused(errors.All);
    }

    internal static T? ReadRoot<T>(ReadOnlyMemory<byte> utf8Json, ErrorList errors, Func<ObjectReader, T> read) where T : class
    {
        if (utf8Json.Span.StartsWith(ByteOrderMark)) utf8Json = utf8Json[ByteOrderMark.Length..];
        try
        {
            using var parsed = JsonDocument.Parse(utf8Json);
            JsonSoundness.Check(parsed.RootElement, "", errors);
            if (!errors.IsEmpty || ObjectReader.Open(parsed.RootElement, "", errors) is not { } root) return null;
            var item = read(root);
            root.RefuseUnknown();
            return item;
        }
        catch (JsonException notJson)
        {
            errors.AddUnreadable("", ReadingFaults.FileIsNotJson(notJson.LineNumber + 1 ?? 1, notJson.BytePositionInLine + 1 ?? 1));
            return null;
        }
    }
}
