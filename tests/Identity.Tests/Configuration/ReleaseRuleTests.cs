using System.Text.Json.Nodes;
using Identity.Domain.Clients;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Configuration;

/// <summary>What an owner may say about single attributes, and what would be shown to nobody or mean nothing.</summary>
public sealed class ReleaseRuleTests
{
    private const string Words = """{ "vi": "kiểm thử", "en": "test" }""";

    [Fact]
    public void Each_attribute_has_its_kind_and_its_words_and_the_rest_follows_the_client()
    {
        var client = Client("documents");
        Assert.True(client.IsByLaw("birthdate"));
        Assert.False(client.IsByLaw("phone_number"));
        Assert.Equal(DataRelease.Consent, client.ReleaseOf("name").Kind);
        Assert.Equal("đến khi tờ khai được gửi đi", client.ReleaseOf("address").Retention?.Vi);
        Assert.Null(client.ReleaseOf("phone_number").Retention);
        Assert.Equal("đến khi bạn rời cơ quan", client.Retention?.Vi);
        Assert.True(Client("portal").IsByLaw("name"));
    }

    [Theory]
    [InlineData("""{ "claim": "name", "kind": "notice" }""", "release")]                                        // which statute?
    [InlineData("""{ "claim": "email", "kind": "consent" }""", "release")]                                      // no scope carries it, prefill does: see below
    [InlineData("""{ "claim": "vn_pin", "kind": "consent" }""", "release")]
    [InlineData("""{ "claim": "name", "kind": "none" }""", "release[0].kind")]
    [InlineData("""{ "claim": "name" }""", "release[0].kind")]
    [InlineData("""{ "kind": "consent" }""", "release[0].claim")]
    [InlineData("""{ "claim": "sub", "kind": "consent" }""", "release[0].claim")]
    [InlineData("""{ "claim": "email_verified", "kind": "consent" }""", "release[0].claim")]
    [InlineData("""{ "claim": "prefill", "kind": "consent" }""", "release[0].claim")]
    [InlineData("""{ "claim": "name", "kind": "consent", "purpos": {} }""", "release[0].purpos")]
    [InlineData("""{ "claim": "name", "kind": "consent", "purpose": "test" }""", "release[0].purpose")]
    [InlineData("""{ "claim": "name", "kind": "consent", "retention": { "vi": "một năm" } }""", "release[0].retention.en")]
    [InlineData("""{ "claim": "name", "kind": "notice", "legal_basis": { "vi": "Điều 5\u202E", "en": "Article 5" } }""", "release[0].legal_basis.vi")]
    public void One_wrong_entry_is_the_one_error(string entry, string place)
    {
        var error = OnlyError("portal", c =>
        {
            c["scopes"] = new JsonArray("openid", "profile", "offline_access");
            c["release"] = new JsonArray(JsonNode.Parse(entry));
        });
        Assert.Equal(place, error.Path[(error.Path.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public void An_attribute_is_named_once() =>
        Assert.Contains("name twice", OnlyError("portal", c => c["release"] = JsonNode.Parse("""[{ "claim": "name", "kind": "consent" }, { "claim": "name", "kind": "consent" }]""")).Message.En, StringComparison.Ordinal);

    [Theory]
    [InlineData("release", """[{ "claim": "name", "kind": "consent" }]""")]
    [InlineData("retention", Words)]
    public void Words_that_no_page_would_show_are_refused(string member, string value) =>
        Assert.Equal($"clients[0].{member}", OnlyError("portal", c => (c["data_release"], c[member]) = ("none", JsonNode.Parse(value))).Path);

    [Fact]
    public void A_field_of_the_pre_filling_scope_may_have_words_of_its_own() =>
        Assert.Equal("address", Accepted(Development()).Clients.Single(c => c.ClientId == "documents").Release[^1].Claim);

    [Fact]
    public void The_personal_number_is_carried_only_by_a_scope_that_is_approved_client_by_client()
    {
        var file = Development();
        file["scopes"]!.AsArray().Single(s => (string)s!["name"]! == "vn_pin")!["approval_required"] = false;
        Assert.Equal("approval_required", Assert.Single(Errors(file)).Path.Split('.')[^1]);
        file = Development();
        file["scopes"]!.AsArray().Single(s => (string)s!["name"]! == "phone")!["claims"] = new JsonArray("phone_number", "vn_pin");
        Assert.Equal("approval_required", Assert.Single(Errors(file)).Path.Split('.')[^1]);
    }
}
