using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Tests.Admin;
using Identity.Tests.Harness;

namespace Identity.Tests.Applications;

/// <summary>Production proves itself with what is its own: nobody who works on the sandbox can be production, and no request takes back what production rotated.</summary>
public sealed class ProductionKeysTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M21_production_never_has_the_key_of_the_sandbox(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.TriedAsync(office, owner);
        await KeysTests.PressAsync(owner, id, "Make");
        var sandbox = Assert.Single(ClientKey.Of((await office.SandboxAsync(id)).Client));

        Assert.Contains("cần khóa ký riêng", (await ReviewTests.AskAsync(owner, id)).Text, StringComparison.Ordinal);
        var copied = await ReviewTests.AskAsync(owner, id, ("Input.Key", "Uploaded"), ("Input.Jwk", sandbox.Jwk.GetRawText().Replace(sandbox.KeyId!, "another-name", StringComparison.Ordinal)));
        Assert.Contains("không dùng chung khóa", copied.Text, StringComparison.Ordinal);
        var asked = await ReviewTests.AskAsync(owner, id, ("Input.Key", "Made"));
        var shown = JsonSerializer.Deserialize<JsonElement>(asked.Document.QuerySelector("#secret")!.TextContent);
        var read = await reviewer.OpenAsync($"/apps/{id}/production");
        await ReviewTests.PressAsync(reviewer, id, "Approve");
        await ReviewTests.PressAsync(owner, id, "Live");

        var production = Assert.Single(ClientKey.Of(await office.ProductionAsync(id)));
        Assert.Equal(shown.GetProperty("kid").GetString(), production.KeyId);
        Assert.NotEqual(sandbox.Thumbprint, production.Thumbprint);
        Assert.Contains(production.Thumbprint!, read.Text, StringComparison.Ordinal);
        var taken = await KeysTests.PressAsync(owner, id, "Upload", ("Input.Jwk", production.Jwk.GetRawText()));
        Assert.Contains("không dùng chung khóa", taken.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M21_a_later_request_leaves_production_what_it_proves_itself_with(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.LiveAsync(office, owner, reviewer);
        var before = await office.ProductionAsync(id);
        await KeysTests.PressAsync(owner, id, "Make");

        await ReviewTests.AskAsync(owner, id, ("Input.RedirectUris", "https://moi.mau.example/callback"));
        await ReviewTests.PressAsync(reviewer, id, "Approve");
        await ReviewTests.PressAsync(owner, id, "Live");

        var after = await office.ProductionAsync(id);
        Assert.Equal(["https://moi.mau.example/callback"], after.RedirectUris);
        Assert.Equal(before.TokenEndpointAuthMethod, after.TokenEndpointAuthMethod);
        Assert.Equal(before.Secrets, after.Secrets);
        Assert.Null(after.Jwks);
    }
}
