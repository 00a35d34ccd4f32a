using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Configuration;

public sealed class RoundTripTests
{
    [Fact]
    public void An_export_reads_back_to_the_same_export()
    {
        var first = Whole();
        var written = ConfigurationWriter.Write(first);
        var second = Assert.IsType<ConfigurationRead.Accepted>(Reader().Read(written, first)).Document;
        Assert.Equal(written, ConfigurationWriter.Write(second));
        Assert.Equivalent(first.Clients.Select(c => c with { Jwks = null }), second.Clients.Select(c => c with { Jwks = null }), strict: true);
        Assert.Equal(first.Connectors.Select(c => c.Secrets), second.Connectors.Select(c => c.Secrets));
    }

    [Fact]
    public void Every_member_of_a_client_survives_the_way_through_its_stored_document()
    {
        var file = Development();
        var json = ClientOf(file, "portal");
        json["policy_uri"] = "https://portal.example/policy?a=1&b=2";
        json["enabled"] = false;
        json["logo"] = Convert.ToBase64String(PngForge.Good());
        json["minimum_acr_level"] = 2;
        json["minimum_by_capacity"] = new JsonObject { ["official"] = new JsonObject { ["acr"] = 2 } };
        json["session_max_age_seconds"] = 3600;
        json["access_token_lifetime_seconds"] = 61;
        json["refresh_token_lifetime_seconds"] = 7200;
        json["refresh_token_idle_seconds"] = 3600;
        json["authorization_code_lifetime_seconds"] = 30;
        json["scopes"]!.AsArray().Add("vn_pin");
        json["approved_scopes"] = new JsonArray("vn_pin");
        json["secrets"]![0]!["expires_at"] = "2027-11-22T08:00:00Z";
        var client = Accepted(file).Clients[0];
        var stored = Assert.IsType<ItemRead<Identity.Domain.Clients.Client>.Accepted>(Reader().ReadClient(ConfigurationWriter.Write(client))).Item;
        Assert.Equivalent(client, stored, strict: true);
        Assert.Equal(TimeSpan.FromSeconds(61), stored.AccessTokenLifetime);
        Assert.False(stored.Enabled);
    }

    [Fact]
    public void Small_items_survive_the_way_through_their_stored_documents()
    {
        var document = Whole();
        Assert.All(document.Sectors, s => Assert.Equal(s, Assert.IsType<ItemRead<Identity.Domain.Clients.Sector>.Accepted>(ConfigurationReader.ReadSector(ConfigurationWriter.Write(s))).Item));
        Assert.All(document.Scopes, s => Assert.Equivalent(s, Assert.IsType<ItemRead<Identity.Domain.Clients.Scope>.Accepted>(ConfigurationReader.ReadScope(ConfigurationWriter.Write(s))).Item, strict: true));
        Assert.All(document.Resources, r => Assert.Equivalent(r, Assert.IsType<ItemRead<Identity.Domain.Clients.Resource>.Accepted>(ConfigurationReader.ReadResource(ConfigurationWriter.Write(r))).Item, strict: true));
    }

    [Theory]
    [InlineData("""{"name":"sessions","idle_minutes":30,"absolute_minutes":480,"shared_idle_minutes":3,"administration_idle_minutes":15,"recognised_browser_days":90}""")]
    [InlineData("""{"name":"sign-in","mailed_codes":false,"fresh_proof_minutes":5}""")]
    [InlineData("""{"name":"review","working_days":3,"holidays":["2027-02-08","2027-02-09"],"invitation_days":14}""")]
    [InlineData("""{"name":"retention","audit_days":3653,"failure_days":30,"history_days":60,"mail_days":14,"statistics_days":1096}""")]
    [InlineData("""{"name":"reminders","expiry_days":[45,14,2]}""")]
    [InlineData("""{"name":"retention"}""")]
    public void Every_member_of_a_policy_survives_the_way_through_its_stored_document(string document)
    {
        var policy = Assert.IsType<ItemRead<Identity.Domain.Policies.Policy>.Accepted>(ConfigurationReader.ReadPolicy(document)).Item;

        Assert.Equal(document, JsonNode.Parse(ConfigurationWriter.Write(policy))!.ToJsonString());
    }

    [Fact]
    public void An_export_is_readable_by_humans()
    {
        var written = ConfigurationWriter.Write(Whole());
        Assert.Contains("\"vi\": \"Cổng dịch vụ công An Bình\"", written, StringComparison.Ordinal);
        Assert.Contains("\n      \"client_id\": \"portal\",\n", written, StringComparison.Ordinal);
        Assert.EndsWith("}\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_of_an_editor_does_no_harm() => Assert.IsType<ConfigurationRead.Accepted>(
        Reader().Read(Encoding.UTF8.GetPreamble().Concat(JsonSerializer.SerializeToUtf8Bytes(Development())).ToArray()));

    [Fact]
    public void An_item_laid_over_replaces_its_namesake_and_keeps_the_others()
    {
        var current = Whole();
        var changed = current.Clients[1] with { Enabled = false };
        var whole = new ConfigurationDocument { Clients = [changed] }.LaidOver(current);
        Assert.Equal(current.Clients.Select(c => c.ClientId), whole.Clients.Select(c => c.ClientId));
        Assert.Same(changed, whole.Clients[1]);
        Assert.Equal(current.Sectors, whole.Sectors);
    }

    private static ConfigurationDocument Whole()
    {
        var development = Accepted(Development());
        return Accepted(ConformanceSeed(), development).LaidOver(development);
    }
}
