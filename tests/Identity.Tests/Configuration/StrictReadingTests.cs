using System.Text.Json.Nodes;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Configuration;

public sealed class StrictReadingTests
{
    [Fact]
    public void A_file_with_ten_mistakes_lists_ten_errors()
    {
        var file = Development();
        var (portal, documents) = (ClientOf(file, "portal"), ClientOf(file, "documents"));
        file["sectors"]![0]!["display_name"]!.AsObject().Remove("en");
        file["scopes"]![1]!["claims"]!.AsArray().Add("sub");
        file["connectors"]![1]!["assurance"]!["level_ceiling"] = 5;
        portal["redirect_uris"]![0] = "https://portal.example/*";
        portal["scopes"]!.AsArray().Add("telephone");
        portal["profil"] = "standard";
        portal["access_token_lifetime_seconds"] = "600";
        documents["client_id"] = "portal";
        documents["relaxations"] = new JsonArray("rs256");
        documents["data_release"] = "notic";
        Assert.Equal(
            [
                "clients[0].access_token_lifetime_seconds", "clients[0].profil", "clients[0].redirect_uris[0]", "clients[0].scopes",
                "clients[1].client_id", "clients[1].data_release", "clients[1].relaxations", "connectors[1].assurance.level_ceiling",
                "scopes[1].claims[13]", "sectors[0].display_name.en",
            ],
            Errors(file).Select(e => e.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("redirect_uri", "redirect_uris")]
    [InlineData("clientId", "client_id")]
    [InlineData("backchanel_logout_uri", "backchannel_logout_uri")]
    public void An_unknown_member_is_refused_with_the_likely_one(string written, string meant)
    {
        var error = OnlyError("portal", c => c[written] = "x");
        Assert.Equal($"clients[0].{written}", error.Path);
        Assert.Contains($"did you mean \"{meant}\"?", error.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_member_like_no_other_gets_no_guess() =>
        Assert.DoesNotContain("did you mean", OnlyError("portal", c => c["colour"] = "red").Message.En, StringComparison.Ordinal);

    [Fact]
    public void A_strange_member_name_cannot_write_a_line_of_its_own() =>
        Assert.Equal("clients[0][\"a?b\"]", OnlyError("portal", c => c["a\nb"] = "x").Path);

    [Fact]
    public void An_unknown_name_is_refused_with_the_likely_one() =>
        Assert.Contains("did you mean \"vnconnect\"?", OnlyError("portal", c => c["connectors"] = new JsonArray("vnconect")).Message.En, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"sectors":[{"name":"a","name":"b","display_name":{"vi":"A","en":"A"}}]}""", "sectors[0].name")]
    [InlineData("""{"sectors":[{"name":"a","display_name":{"vi":"\ud800","en":"A"}}]}""", "sectors[0].display_name.vi")]
    [InlineData("""{"sectors":[{"name":"a","display_name":{"vi":"A\u202eB","en":"A"}}]}""", "sectors[0].display_name.vi")]
    [InlineData("""{"sectors":[{"name":null,"display_name":{"vi":"A","en":"A"}}]}""", "sectors[0].name")]
    [InlineData("""{"sectors":{}}""", "sectors")]
    [InlineData("""{"sectors":[7]}""", "sectors[0]")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    [InlineData("{ /* a note */ }", "")]
    [InlineData("{} {}", "")]
    public void What_is_not_strict_json_of_the_right_shape_is_refused_with_its_place(string json, string path) =>
        Assert.Equal(path, Assert.Single(Assert.IsType<ConfigurationRead.Refused>(Reader().Read(json)).Errors).Path);

    [Fact]
    public void An_error_reads_as_place_and_sentence() =>
        Assert.Equal("clients[0].sector: must be a text in quotes", OnlyError("portal", c => c["sector"] = 5).ToString());

    [Fact]
    public void The_settings_of_a_connector_are_judged_by_whoever_knows_them()
    {
        var seen = "";
        var reader = Reader((protocol, settings) =>
        {
            if (protocol != ConnectorProtocol.Oidc || settings.GetProperty("client_id").GetString() != "provincial-sso") return [];
            seen = settings.GetProperty("client_secret").GetString();
            return [new("issuer phải là https ngoài môi trường thử nghiệm", "issuer must be https outside the sandbox")];
        });
        var errors = Assert.IsType<ConfigurationRead.Refused>(reader.Read(Development().ToJsonString())).Errors;
        Assert.Equal("connectors[0].settings: issuer must be https outside the sandbox", errors[0].ToString());
        Assert.Equal("eid-sandbox-secret-not-for-production", seen);
    }

    [Fact]
    public void A_file_that_breaks_a_stored_client_is_refused_with_that_client()
    {
        var file = new JsonObject { ["scopes"] = new JsonArray(Development()["scopes"]![2]!.DeepClone()) };
        file["scopes"]![0]!["approval_required"] = true;
        var error = Assert.Single(Errors(file, Accepted(Development())));
        Assert.Equal("clients[\"portal\"].approved_scopes", error.Path);
    }

    [Fact]
    public void A_stored_client_is_read_as_strictly_as_a_file()
    {
        var json = JsonNode.Parse(ConfigurationWriter.Write(Client("portal")))!.AsObject();
        json["redirect_uris"]![0] = "http://portal.example/callback";
        json["extra"] = true;
        var refused = Assert.IsType<ItemRead<Client>.Refused>(Reader().ReadClient(json.ToJsonString()));
        Assert.Equal(["redirect_uris[0]", "extra"], refused.Errors.Select(e => e.Path));
    }
}
