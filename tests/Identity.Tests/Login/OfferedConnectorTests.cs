using Identity.Tests.Harness;

namespace Identity.Tests.Login;

public sealed class OfferedConnectorTests
{
    [Fact]
    public async Task A_way_that_cannot_reach_the_level_asked_for_is_not_offered()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var documents = new TestRelyingParty(provider, "documents", "http://localhost:5083/callback");
        using var browser = provider.NewBrowser();
        Assert.Contains((await documents.AuthorizeAsync(browser)).Forms, f => f.Action.EndsWith("/password", StringComparison.Ordinal));

        var seed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json"));
        await provider.ImportAsync(seed.Replace("\"minimum_proofing\": \"self_asserted\"", "\"minimum_proofing\": \"01\"", StringComparison.Ordinal));

        var page = await documents.AuthorizeAsync(browser);
        Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/password", StringComparison.Ordinal));
        Assert.Contains(page.Forms, f => f.Action.EndsWith("/start/vnconnect", StringComparison.Ordinal));
    }
}
