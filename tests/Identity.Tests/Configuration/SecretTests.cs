using System.Text.Json.Nodes;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Configuration;

public sealed class SecretTests
{
    private const string PortalSecret = "portal-sandbox-secret-not-for-production";
    private const string PrivateKey = "a-private-key-not-for-production";
    private const string UpstreamSecret = "eid-sandbox-secret-not-for-production";

    [Fact]
    public void A_written_document_holds_no_secret()
    {
        var document = Accepted(Development());
        var written = ConfigurationWriter.Write(document);
        Assert.DoesNotContain("not-for-production", written, StringComparison.Ordinal);
        Assert.Contains(ClientSecret.DigestOf(PortalSecret), written, StringComparison.Ordinal);
        Assert.Contains("\"client_secret\": \"***\"", written, StringComparison.Ordinal);
        Assert.All(document.Connectors, c => Assert.DoesNotContain("not-for-production", ConfigurationWriter.Write(c), StringComparison.Ordinal));
    }

    [Fact]
    public void No_secret_shows_when_a_thing_is_printed()
    {
        var document = Accepted(Development());
        var printed = $"{document} {document.Clients[0]} {document.Clients[0].Secrets[0]} {document.Connectors[0]}";
        Assert.DoesNotContain("not-for-production", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientSecret.DigestOf(PortalSecret), printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_given_in_clear_is_kept_as_its_digest_with_the_moment_of_import()
    {
        var secret = Assert.Single(Client("portal").Secrets);
        Assert.Equal(ClientSecret.DigestOf(PortalSecret), secret.Sha256);
        Assert.Equal(Now, secret.CreatedAt);
        Assert.True(secret.Matches(PortalSecret));
        Assert.False(secret.Matches(PortalSecret + "x"));
    }

    [Fact]
    public void An_expired_secret_is_not_found_while_its_successor_is()
    {
        var old = new ClientSecret(ClientSecret.DigestOf("old-secret-of-the-portal-0001"), null, Now, Now.AddDays(1));
        var next = new ClientSecret(ClientSecret.DigestOf("new-secret-of-the-portal-0002"), null, Now, null);
        var client = Client("portal") with { Secrets = [old, next] };
        Assert.Same(old, client.FindSecret("old-secret-of-the-portal-0001", Now));
        Assert.Null(client.FindSecret("old-secret-of-the-portal-0001", Now.AddDays(1)));
        Assert.Same(next, client.FindSecret("new-secret-of-the-portal-0002", Now.AddDays(1)));
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("a secret with spaces in the middle of it")]
    public void A_weak_secret_is_refused_without_being_repeated(string value)
    {
        var error = OnlyError("portal", c => c["secrets"]![0]!["value"] = value);
        Assert.Equal("clients[0].secrets[0].value", error.Path);
        Assert.DoesNotContain(value, error.ToString() + error.In("vi"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_client_must_not_hold_a_secret_in_clear()
    {
        var stored = Reader().ReadClient(ClientOf(Development(), "portal").ToJsonString());
        Assert.Contains(Assert.IsType<ItemRead<Client>.Refused>(stored).Errors, e => e.Path == "secrets[0].value");
    }

    [Fact]
    public void A_stored_connector_gets_its_secret_back_from_its_own_column()
    {
        var connector = Accepted(Development()).Connectors[0];
        var document = ConfigurationWriter.Write(connector);
        var restored = Assert.IsType<ItemRead<ConnectorRegistration>.Accepted>(Reader().ReadConnector(document, UpstreamSecret)).Item;
        Assert.Equal(UpstreamSecret, restored.SettingsWithSecrets().GetProperty("client_secret").GetString());
        Assert.False(restored.Settings.TryGetProperty("client_secret", out _));
        Assert.Equal(document, ConfigurationWriter.Write(restored));
        var lost = Assert.IsType<ItemRead<ConnectorRegistration>.Refused>(Reader().ReadConnector(document, null));
        Assert.Equal("settings.client_secret", Assert.Single(lost.Errors).Path);
    }

    [Fact]
    public void F8_a_masked_secret_keeps_the_stored_one_while_its_destination_stays()
    {
        var current = Accepted(Development());
        var file = MaskedFile();
        file["connectors"]![0]!["settings"]!["acr_values"] = new JsonArray("LoA2");
        Assert.Equal(UpstreamSecret, Accepted(file, current).Connectors[0].Secrets["client_secret"]);
    }

    [Theory]
    [InlineData("token_endpoint")]
    [InlineData("issuer")]
    [InlineData("metadata_address")]
    public void F8_a_masked_secret_is_refused_when_its_destination_changes(string member)
    {
        var file = MaskedFile();
        file["connectors"]![0]!["settings"]![member] = "https://elsewhere.example/token";
        var error = Assert.Single(Errors(file, Accepted(Development())));
        Assert.Equal("connectors[0].settings.client_secret", error.Path);
    }

    [Fact]
    public void F8_a_masked_secret_is_refused_when_nothing_is_stored() =>
        Assert.Equal("connectors[0].settings.client_secret", Assert.Single(Errors(MaskedFile())).Path);

    [Fact]
    public void Several_secrets_of_one_connector_stand_masked_in_the_document_and_come_back_by_their_names()
    {
        var connector = Accepted(WithPrivateKey(Development())).Connectors[0];
        var document = ConfigurationWriter.Write(connector);
        Assert.DoesNotContain("not-for-production", document, StringComparison.Ordinal);
        var stored = ConnectorSecret.ToStored(connector.Secrets);
        var restored = Assert.IsType<ItemRead<ConnectorRegistration>.Accepted>(Reader().ReadConnector(document, stored)).Item;
        Assert.Equal(UpstreamSecret, restored.SettingsWithSecrets().GetProperty("client_secret").GetString());
        Assert.Equal(PrivateKey, restored.SettingsWithSecrets().GetProperty("private_key").GetString());
        Assert.Equal(document, ConfigurationWriter.Write(restored));
        // What only the other secret's value is known of is as unreadable as what nothing is known of.
        var lost = Assert.IsType<ItemRead<ConnectorRegistration>.Refused>(Reader().ReadConnector(document, UpstreamSecret));
        Assert.Equal("settings.private_key", Assert.Single(lost.Errors).Path);
    }

    [Theory]
    [InlineData("plain-secret")]
    [InlineData("{")]
    [InlineData("{\"client_secret\":\"inside\"}")]
    [InlineData("{\"private_key\":1}")]
    public void A_lone_client_secret_comes_back_whatever_it_looks_like(string secret)
    {
        var stored = ConnectorSecret.ToStored(new Dictionary<string, string> { ["client_secret"] = secret });
        Assert.Equal(secret, Assert.Single(ConnectorSecret.FromStored(stored)).Value);
        // As every version before wrote it.
        if (secret[0] != '{') Assert.Equal(secret, stored);
    }

    [Fact]
    public void A_row_of_an_older_version_is_read_as_it_was_written() =>
        Assert.Equal(new("client_secret", "{old style"), Assert.Single(ConnectorSecret.FromStored("{old style")));

    [Fact]
    public void F8_a_masked_private_key_is_refused_when_what_it_opens_would_go_elsewhere()
    {
        var current = Accepted(WithPrivateKey(Development()));
        var file = WithPrivateKey(Development());
        file["connectors"]![0]!["settings"]!["private_key"] = "***";
        Assert.Equal(PrivateKey, Accepted(file, current).Connectors[0].Secrets["private_key"]);
        file["connectors"]![0]!["settings"]!["token_endpoint"] = "https://elsewhere.example/token";
        Assert.Equal("connectors[0].settings.private_key", Assert.Single(Errors(file, current)).Path);
    }

    private static JsonObject WithPrivateKey(JsonObject file)
    {
        file["connectors"]![0]!["settings"]!["private_key"] = PrivateKey;
        return file;
    }

    private static JsonObject MaskedFile()
    {
        var file = Development();
        file["connectors"]![0]!["settings"]!["client_secret"] = "***";
        return file;
    }
}
