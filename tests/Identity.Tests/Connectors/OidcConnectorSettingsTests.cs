using System.Net.Http;
using System.Text.Json;
using Identity.Connectors.OpenIdConnect;
using Identity.Protocols.Federation;

namespace Identity.Tests.Connectors;

public sealed class OidcConnectorSettingsTests
{
    private static readonly OidcConnectorSettings Good = new()
    {
        Issuer = "https://quoc-gia.example", ClientId = "c", ClientSecret = "never-shown", Discovery = true,
    };

    [Fact]
    public void Settings_survive_their_JSON()
    {
        var written = (Good with { MinimumProofing = ProofingLevel.Level02, ClockSkew = TimeSpan.FromSeconds(5) }).ToJson();
        Assert.Contains("\"minimum_proofing\":\"level02\"", written, StringComparison.Ordinal);
        Assert.Equal(written, OidcConnectorSettings.FromJson(written).ToJson());
        Assert.Empty(OidcConnectorSettings.FromJson("""{"issuer":"https://a.example","client_id":"c","discovery":true}""").Problems());
    }

    [Theory]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","minimum_profing":"level02"}""")]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","minimum_proofing":3}""")]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","client_id":"d"}""")]
    [InlineData("""{"issuer":"https://a.example"}""")]
    [InlineData("""{"issuer":null,"client_id":"c"}""")]
    [InlineData("null")]
    public void A_misspelt_or_missing_member_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => OidcConnectorSettings.FromJson(json));

    public static readonly Dictionary<string, OidcConnectorSettings> Broken = new()
    {
        ["http issuer"] = Good with { Issuer = "http://quoc-gia.example" },
        ["issuer with query"] = Good with { Issuer = "https://quoc-gia.example?x=1" },
        ["no address"] = Good with { Issuer = "quoc-gia" },
        ["no endpoints"] = Good with { Discovery = false },
        ["http endpoint"] = Good with { TokenEndpoint = new Uri("http://quoc-gia.example/token") },
        ["relative endpoint"] = Good with { JwksUri = new Uri("/jwks", UriKind.Relative) },
        ["no client"] = Good with { ClientId = "" },
        ["no openid"] = Good with { Scopes = ["profile"] },
        ["reserved parameter"] = Good with { AuthorizeParameters = new Dictionary<string, string> { ["redirect_uri"] = "x" } },
        ["skew"] = Good with { ClockSkew = TimeSpan.FromMinutes(6) },
        ["no limit of time"] = Good with { Timeout = System.Threading.Timeout.InfiniteTimeSpan },
        ["no limit of size"] = Good with { MaxResponseBytes = int.MaxValue },
        ["token age"] = Good with { MaxTokenAge = TimeSpan.FromDays(1) },
        ["none"] = Good with { IdTokenAlgorithms = ["none"] },
        ["HMAC"] = Good with { IdTokenAlgorithms = ["ES256", "HS256"] },
        ["unmapped requirement"] = Good with { RequiredAttributes = ["tax_code"] },
        ["gender"] = Good with { GenderValues = new Dictionary<string, string> { ["1"] = "Nam" } },
        ["kinds"] = Good with { AccountKindClaim = "kind" },
        ["levels"] = Good with { ProofingClaim = "level" },
        ["country"] = Good with { PhoneCountryCode = "+84" },
    };

    public static TheoryData<string> BrokenNames() => new(Broken.Keys);

    [Theory, MemberData(nameof(BrokenNames))]
    public void One_broken_setting_has_one_sentence_and_makes_no_connector(string name)
    {
        Assert.Empty(Good.Problems());
        Assert.Single(Broken[name].Problems());
        using var http = new HttpClient();
        Assert.Throws<ArgumentException>(() => new OidcConnector("c", Broken[name], http, TimeProvider.System));
    }

    [Fact]
    public void The_secret_is_not_printed() => Assert.DoesNotContain("never-shown", $"{Good}", StringComparison.Ordinal);
}
