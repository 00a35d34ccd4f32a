using System.Text.Json;
using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>The provider's metadata document, read as strictly as the suite reads it.</summary>
internal sealed class Metadata(JsonElement document)
{
    public const string Path = "/.well-known/openid-configuration";

    public IEnumerable<string> Names => document.EnumerateObject().Select(m => m.Name);

    public static async Task<Metadata> ReadAsync(TestProvider provider)
    {
        var reply = await TestReply.ReadAsync(await provider.Http.GetAsync(Path));
        Assert.Equal((200, "application/json"), (reply.Status, reply.ContentType));
        return new(reply.Json);
    }

    public string Text(string name) => document.GetProperty(name).GetString()!;

    public string[] Strings(string name)
    {
        var values = document.GetProperty(name).EnumerateArray().Select(v => v.GetString()!).ToArray();
        Assert.NotEmpty(values);
        Assert.Distinct(values);
        return values;
    }

    public bool Flag(string name, bool absent) => document.TryGetProperty(name, out var value) ? value.GetBoolean() : absent;
}
