using System.Net.Http;
using System.Security.Cryptography;
using System.Text.Json;
using Identity.Connectors.VNeId;
using Identity.Protocols.Federation;

namespace Identity.Tests.Connectors;

public sealed class VNeIdConnectorSettingsTests
{
    private static readonly VNeIdConnectorSettings Good = VNeIdTrip.Settings("https://vneid.example");

    [Fact]
    public void Settings_survive_their_JSON_in_the_words_of_the_documentation()
    {
        var written = (Good with { CipherMode = VNeIdCipherMode.AesEcb, RsaPadding = VNeIdRsaPadding.OaepSha256, Encrypted = [VNeIdPart.Token] }).ToJson();
        foreach (var word in (string[])["\"cipher_mode\":\"aes-ecb\"", "\"rsa_padding\":\"oaep-sha256\"", "\"encrypted\":[\"token\"]", "\"subject_form\":\"keyed_digest\"", "\"minimum_proofing\":\"level02\""])
            Assert.Contains(word, written, StringComparison.Ordinal);
        Assert.Equal(written, VNeIdConnectorSettings.FromJson(written).ToJson());
    }

    [Fact]
    public void What_is_not_said_is_as_it_was_seen_in_the_field()
    {
        var plain = VNeIdConnectorSettings.FromJson("""{"issuer":"https://a.example","client_id":"c"}""");
        Assert.Equal((VNeIdCipherMode.AesCbcIvPrefix, VNeIdRsaPadding.Pkcs1, VNeIdSubjectForm.KeyedDigest, true, TimeSpan.FromMinutes(5)),
            (plain.CipherMode, plain.RsaPadding, plain.SubjectForm, plain.Pkce, plain.StateLifetime));
        Assert.Equal(("citizenPid", "accountType", "accountLevel"), (plain.SubjectClaim, plain.AccountKindClaim, plain.ProofingClaim));
    }

    [Theory]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","cipher_mode":"aes-gcm"}""")]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","cipher_mode":0}""")]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","rsa_pading":"pkcs1"}""")]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","jwks_uri":"https://a.example/jwks"}""")]
    [InlineData("""{"issuer":"https://a.example","client_id":"c","encrypted":["body"]}""")]
    [InlineData("""{"issuer":"https://a.example"}""")]
    [InlineData("null")]
    public void A_misspelt_foreign_or_missing_member_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => VNeIdConnectorSettings.FromJson(json));

    public static readonly Dictionary<string, VNeIdConnectorSettings> Broken = new()
    {
        ["http issuer"] = Good with { Issuer = "http://vneid.example" },
        ["no authorization endpoint"] = Good with { AuthorizationEndpoint = null },
        ["http token endpoint"] = Good with { TokenEndpoint = new Uri("http://vneid.example/token") },
        ["relative userinfo endpoint"] = Good with { UserinfoEndpoint = new Uri("/userinfo", UriKind.Relative) },
        ["logout with a fragment"] = Good with { EndSessionEndpoint = new Uri("https://vneid.example/out#x") },
        ["no client"] = Good with { ClientId = "" },
        ["reserved parameter"] = Good with { AuthorizeParameters = new Dictionary<string, string> { ["state"] = "x" } },
        ["no limit of time"] = Good with { Timeout = System.Threading.Timeout.InfiniteTimeSpan },
        ["no limit of size"] = Good with { MaxResponseBytes = int.MaxValue },
        ["state for an hour"] = Good with { StateLifetime = TimeSpan.FromHours(1) },
        ["state for no time"] = Good with { StateLifetime = TimeSpan.Zero },
        ["no key"] = Good with { PrivateKey = "" },
        ["a word for a key"] = Good with { PrivateKey = "***" },
        ["a public key"] = Good with { PrivateKey = Pem(2048, key => key.ExportSubjectPublicKeyInfoPem()) },
        ["a short key"] = Good with { PrivateKey = Pem(1024, key => key.ExportPkcs8PrivateKeyPem()) },
        ["an encrypted key"] = Good with { PrivateKey = Pem(2048, key => key.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))) },
        ["a key for nothing"] = Good with { Encrypted = [] },
        ["twice the same part"] = Good with { Encrypted = [VNeIdPart.Code, VNeIdPart.Code] },
        ["a cipher of no name"] = Good with { CipherMode = (VNeIdCipherMode)7 },
        ["a padding of no name"] = Good with { RsaPadding = (VNeIdRsaPadding)7 },
        ["key parameter is the code"] = Good with { KeyParameter = "code" },
        ["one name for two members"] = Good with { KeyMember = "data" },
        ["no subject"] = Good with { SubjectClaim = "" },
        ["unmapped requirement"] = Good with { RequiredAttributes = ["tax_code"] },
        ["kinds"] = Good with { AccountKinds = new Dictionary<string, ExternalSubjectKind>() },
        ["levels"] = Good with { ProofingLevels = new Dictionary<string, ProofingLevel>() },
    };

    public static TheoryData<string> BrokenNames() => new(Broken.Keys);

    [Theory, MemberData(nameof(BrokenNames))]
    public void One_broken_setting_has_one_sentence_and_makes_no_connector(string name)
    {
        Assert.Empty(Good.Problems());
        Assert.Single(Broken[name].Problems());
        using var http = new HttpClient();
        Assert.Throws<ArgumentException>(() => new VNeIdConnector("c", Broken[name], http, subject => subject, TimeProvider.System));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var problems = (Good with { ClientId = "", TokenEndpoint = null, UserinfoEndpoint = null, PrivateKey = "", StateLifetime = TimeSpan.Zero, KeyMember = "" }).Problems();
        Assert.Equal(["client_id", "data_member", "private_key", "state_lifetime", "token_endpoint", "userinfo_endpoint"], problems.Select(p => p.En.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        var printed = $"{Good with { ClientSecret = "never-shown" }}";
        Assert.DoesNotContain("never-shown", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", printed, StringComparison.Ordinal);
    }

    private static string Pem(int bits, Func<RSA, string> export)
    {
        using var key = RSA.Create(bits);
        return export(key);
    }
}
