using System.Buffers.Text;
using System.Security.Cryptography;
using Identity.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Conformance;

/// <summary><c>oidcc-rp-initiated-logout-certification-test-plan</c> (OpenID Connect RP-Initiated Logout 1.0).</summary>
public sealed class OidccRpInitiatedLogoutPlan
{
    private const string ReturnTo = "https://conformance.example/one/signed-out";
    private const string State = "out/1+2=3 &";

    [Fact]
    public async Task oidcc_rp_initiated_logout_discovery_endpoint_verification()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        Assert.Equal($"{provider.Issuer}/connect/endsession", (await Metadata.ReadAsync(provider)).Text("end_session_endpoint"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task oidcc_rp_initiated_logout(Engine engine)
    {
        using var visit = await LogoutVisit.StartAsync(engine);
        var page = await visit.LogOutAsync(("id_token_hint", visit.IdToken), ("post_logout_redirect_uri", ReturnTo), ("state", State));
        Assert.Equal($"{ReturnTo}?state={Uri.EscapeDataString(State)}", page.LeftFor?.AbsoluteUri);
        await visit.IsSignedOutAsync();
    }

    [Fact]
    public async Task oidcc_rp_initiated_logout_no_state()
    {
        using var visit = await LogoutVisit.StartAsync();
        var page = await visit.LogOutAsync(("id_token_hint", visit.IdToken), ("post_logout_redirect_uri", ReturnTo));
        Assert.Equal(ReturnTo, page.LeftFor?.AbsoluteUri);
        await visit.IsSignedOutAsync();
    }

    [Fact]
    public async Task oidcc_rp_initiated_logout_no_post_logout_redirect_uri()
    {
        using var visit = await LogoutVisit.StartAsync();
        await visit.EndsOnOurPageAsync(await visit.LogOutAsync(("id_token_hint", visit.IdToken), ("state", State)));
    }

    [Fact]
    public async Task oidcc_rp_initiated_logout_no_params()
    {
        using var visit = await LogoutVisit.StartAsync();
        await visit.EndsOnOurPageAsync(await visit.LogOutAsync());
    }

    [Fact]
    public async Task oidcc_rp_initiated_logout_only_state()
    {
        using var visit = await LogoutVisit.StartAsync();
        await visit.EndsOnOurPageAsync(await visit.LogOutAsync(("state", State)));
    }

    [Fact]
    public Task oidcc_rp_initiated_logout_bad_post_logout_redirect_uri() => IsNotServedAsync(token => token, "https://attacker.example/signed-out");

    [Fact]
    public Task oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri() => IsNotServedAsync(token => token, ReturnTo + "?foo=bar");

    [Fact]
    public Task oidcc_rp_initiated_logout_no_id_token_hint() => IsNotServedAsync(_ => null, ReturnTo);

    [Fact]
    public Task oidcc_rp_initiated_logout_modified_id_token_hint() => IsNotServedAsync(
        token => $"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}.{TestReply.Read(token).EncodedPayload}.", ReturnTo);

    [Fact]
    public Task oidcc_rp_initiated_logout_bad_id_token_hint() => IsNotServedAsync(SignedByAnother, ReturnTo);

    /// <summary>An error or a question, never a redirect, and nobody is signed out unasked.</summary>
    private static async Task IsNotServedAsync(Func<string, string?> hint, string returnTo)
    {
        using var visit = await LogoutVisit.StartAsync();
        var page = await visit.LogOutAsync(("id_token_hint", hint(visit.IdToken)), ("post_logout_redirect_uri", returnTo), ("state", State));
        Assert.True(page.LeftFor is null, $"sent to {page.LeftFor}");
        Assert.NotEmpty(page.Heading);
        await visit.IsSignedInAsync();
    }

    private static string SignedByAnother(string token)
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa) { KeyId = TestReply.Read(token).Kid, CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        var payload = Base64UrlEncoder.Decode(TestReply.Read(token).EncodedPayload);
        return new JsonWebTokenHandler().CreateToken(payload, new SigningCredentials(key, "RS256"));
    }
}
