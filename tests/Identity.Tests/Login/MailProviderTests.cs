using System.Text.Json.Nodes;
using Identity.Tests.Harness;

namespace Identity.Tests.Login;

/// <summary>An agency whose mail provider speaks OpenID Connect: the address leads there, and only its own addresses come back (ux.md O4).</summary>
public sealed class MailProviderTests
{
    [Theory]
    [InlineData("mau.example", true)]
    [InlineData("khac.example", false)]
    public async Task F1_a_provider_speaks_for_its_own_domains_only(string domain, bool isIn)
    {
        var federation = new FederationFixture();
        await federation.InitializeAsync();
        await using var _ = new Disposal(federation);
        await federation.Provider.ImportAsync(MailRow(federation, domain));
        using var browser = federation.NewBrowser();
        var page = await browser.SubmitAsync(await federation.Rp("office").AuthorizeAsync(browser), "/mail", ("address", $"an@{domain}"));
        Assert.Contains("Bạn sẽ sang trang của Thư điện tử tỉnh", page.Text, StringComparison.Ordinal);
        Assert.Contains($"an@{domain}", page.Text, StringComparison.Ordinal);

        page = await browser.SubmitAsync(page, "/start/thu-tinh", ("confirm", "1"));
        Assert.StartsWith(federation.EidUrl, page.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains($"login_hint={Uri.EscapeDataString($"an@{domain}")}", page.Address.Query, StringComparison.Ordinal);
        page = await FederationFixture.DecideAsync(browser, page, "an");
        if (isIn) Assert.Contains("an@mau.example", page.Text, StringComparison.Ordinal);
        Assert.Equal(isIn ? "Đây có phải là bạn không?" : "Địa chỉ thư này không thuộc Thư điện tử tỉnh", page.Heading);
    }

    private static string MailRow(FederationFixture federation, string domain)
    {
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5081", federation.EidUrl, StringComparison.Ordinal);
        var row = JsonNode.Parse(seed)!["connectors"]!.AsArray().Single(c => (string)c!["name"]! == federation.Connector)!.DeepClone().AsObject();
        (row["name"], row["kind"], row["display_name"]) = ("thu-tinh", "official_mail", new JsonObject { ["vi"] = "Thư điện tử tỉnh", ["en"] = "Provincial mail" });
        row["assurance"] = new JsonObject { ["level_ceiling"] = 2, ["proofing_ceiling"] = "mail_only" };
        row["domains"] = new JsonArray(new JsonObject { ["name"] = domain });
        var settings = row["settings"]!.AsObject();
        settings["attribute_claims"] = new JsonObject { ["name"] = new JsonArray("HoVaTen"), ["email"] = new JsonArray("ThuDienTu") };
        settings["required_attributes"] = new JsonArray("email");
        settings.Remove("proofing_claim");
        settings.Remove("proofing_levels");
        settings["default_proofing"] = "mail_only";
        settings["minimum_proofing"] = "mail_only";
        var client = JsonNode.Parse(ClientDocument.Of("rp", c =>
        {
            (c["client_id"], c["redirect_uris"], c["initiate_login_uri"]) = ("office", new JsonArray("https://office.example/cb"), "https://office.example/start");
            (c["connectors"], c["post_logout_redirect_uris"]) = (new JsonArray("thu-tinh"), new JsonArray("https://office.example/out"));
        }))!.AsObject();
        client["connectors"] = new JsonArray(row);
        return client.ToJsonString();
    }

    private sealed class Disposal(FederationFixture federation) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await federation.DisposeAsync();
    }
}
