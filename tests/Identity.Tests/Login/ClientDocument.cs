using System.Text.Json.Nodes;
using Identity.Tests.Harness;

namespace Identity.Tests.Login;

/// <summary>Configuration files with one registered client in them, changed.</summary>
internal static class ClientDocument
{
    /// <summary>A client of the test suite with the change laid over it; a changed id makes a new client.</summary>
    public static string Of(string clientId, Action<JsonObject> change) => Of(TestClients.Document, clientId, change);

    public static string OfSeed(string file, string clientId, Action<JsonObject> change) =>
        Of(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", file)), clientId, change);

    private static string Of(string document, string clientId, Action<JsonObject> change)
    {
        var client = JsonNode.Parse(document)!["clients"]!.AsArray().Select(c => c!.AsObject()).Single(c => (string)c["client_id"]! == clientId);
        change(client);
        return new JsonObject { ["clients"] = new JsonArray(client.DeepClone()) }.ToJsonString();
    }
}
