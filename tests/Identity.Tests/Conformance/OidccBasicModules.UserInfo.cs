using System.Text.Json;
using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>Claims: three ways to call UserInfo, the standard scopes (OpenID Connect Core §5.4), the claims parameter (§5.5).</summary>
public abstract partial class OidccBasicModules
{
    private static readonly string[] ProfileClaims =
    [
        "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website",
        "gender", "birthdate", "zoneinfo", "locale",
    ];

    private static readonly string[] EmailClaims = ["email", "email_verified"];
    private static readonly string[] PhoneClaims = ["phone_number", "phone_number_verified"];
    private static readonly string[] AddressClaims = ["address"];

    [Fact]
    public Task oidcc_userinfo_get() => UserInfoAsync((party, token) => party.UserInfoAsync(token));

    [Fact]
    public Task oidcc_userinfo_post_header() => UserInfoAsync((party, token) => party.UserInfoByPostAsync(token, null));

    [Fact]
    public Task oidcc_userinfo_post_body() => UserInfoAsync((party, token) => party.UserInfoByPostAsync(null, token));

    [Fact]
    public Task oidcc_scope_profile() => ScopeAsync("openid profile", ProfileClaims);

    [Fact]
    public Task oidcc_scope_email() => ScopeAsync("openid email", EmailClaims);

    [Fact]
    public Task oidcc_scope_address() => ScopeAsync("openid address", AddressClaims);

    [Fact]
    public Task oidcc_scope_phone() => ScopeAsync("openid phone", PhoneClaims);

    [Fact]
    public Task oidcc_scope_all() =>
        ScopeAsync("openid profile email address phone", [.. ProfileClaims, .. EmailClaims, .. AddressClaims, .. PhoneClaims]);

    [Fact]
    public async Task oidcc_claims_essential()
    {
        var (party, browser) = await StartAsync();
        var tokens = await party.TokensAsync(browser, ("claims", """{"userinfo":{"name":{"essential":true}}}"""));
        var userInfo = await party.UserInfoAsync(tokens.Reply.AccessToken);
        Assert.Equal(TestPeople.Full["name"], userInfo.Json.GetProperty("name").GetString());
    }

    private async Task UserInfoAsync(Func<ConformanceParty, string, Task<TestReply>> call)
    {
        var (party, browser) = await StartAsync();
        var tokens = await party.TokensAsync(browser);
        var reply = await call(party, tokens.Reply.AccessToken);
        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal("application/json", reply.ContentType);
        Assert.Equal(tokens.Subject, reply.Json.GetProperty("sub").GetString());
    }

    private async Task ScopeAsync(string scope, string[] expected)
    {
        var (party, browser) = await StartAsync();
        var tokens = await party.TokensAsync(browser, ("scope", scope));
        var userInfo = (await party.UserInfoAsync(tokens.Reply.AccessToken)).Json;
        Assert.Equal(tokens.Subject, userInfo.GetProperty("sub").GetString());
        Assert.Equal(expected.Append("sub").Order(), userInfo.EnumerateObject().Select(c => c.Name).Order());
        Assert.All(userInfo.EnumerateObject().Where(c => c.Name != "sub"), HasTypeAndValue);
    }

    /// <summary>§5.1: flags are booleans, the address is an object, the rest are strings.</summary>
    private static void HasTypeAndValue(JsonProperty claim)
    {
        switch (claim.Name)
        {
            case "email_verified" or "phone_number_verified":
                Assert.Equal(TestPeople.Full[claim.Name] == "true", claim.Value.GetBoolean());
                break;
            case "address":
                Assert.Equal(TestPeople.Full["address"], claim.Value.GetProperty("formatted").GetString());
                break;
            default:
                Assert.Equal(TestPeople.Full[claim.Name], claim.Value.GetString());
                break;
        }
    }
}
