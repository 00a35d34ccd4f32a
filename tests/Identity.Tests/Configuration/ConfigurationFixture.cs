using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Tests.Configuration;

/// <summary>The two files that ship, as something that works and of which one thing can be broken.</summary>
internal static class ConfigurationFixture
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static ConfigurationReader Reader(SettingsCheck? check = null) => new(new StoppedClock(), check ?? ((_, _) => []));

    public static JsonObject Development() => Seed("development.json");
    public static JsonObject ConformanceSeed() => Seed("conformance.json");

    public static ConfigurationDocument Accepted(JsonObject file, ConfigurationDocument? current = null) =>
        Reader().Read(file.ToJsonString(), current) switch
        {
            ConfigurationRead.Accepted accepted => accepted.Document,
            ConfigurationRead.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Errors)),
            _ => throw new InvalidOperationException(),
        };

    public static IReadOnlyList<ConfigurationError> Errors(JsonObject file, ConfigurationDocument? current = null) =>
        Reader().Read(file.ToJsonString(), current) is ConfigurationRead.Refused refused ? refused.Errors : [];

    public static JsonObject ClientOf(JsonObject file, string id) =>
        file["clients"]!.AsArray().OfType<JsonObject>().Single(c => (string?)c["client_id"] == id);

    public static Client Client(string id) => Accepted(Development()).Clients.Single(c => c.ClientId == id);

    /// <summary>The only error that one change to a working client makes; fails if it makes none or several.</summary>
    public static ConfigurationError OnlyError(string client, Action<JsonObject> breakIt)
    {
        var file = Development();
        breakIt(ClientOf(file, client));
        return Assert.Single(Errors(file));
    }

    private static JsonObject Seed(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Identity.sln"))) folder = folder.Parent!;
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "identity-server/Identity.Server/Seed", name)))!.AsObject();
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now.AddMilliseconds(123);
    }
}
