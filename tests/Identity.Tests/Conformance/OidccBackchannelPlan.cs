using System.Text.Json;
using Identity.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Identity.Tests.Conformance;

/// <summary><c>oidcc-backchannel-rp-initiated-logout-certification-test-plan</c> (OpenID Connect Back-Channel Logout 1.0), with an application that listens.</summary>
public sealed class OidccBackchannelPlan
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    [Fact]
    public async Task oidcc_backchannel_logout_discovery_endpoint_verification()
    {
        var metadata = await Metadata.ReadAsync(await TestProvider.SharedAsync(Engine.Sqlite));
        Assert.True(metadata.Flag("backchannel_logout_supported", absent: false));
        Assert.True(metadata.Flag("backchannel_logout_session_supported", absent: false));
        Assert.NotEmpty(metadata.Text("end_session_endpoint"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task oidcc_backchannel_rp_initiated_logout(Engine engine)
    {
        await using var application = await ListeningApplication.StartAsync();
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.ImportAsync(application.Registration);
        var party = new ConformanceParty(provider, application.RelyingParty(provider));
        using var visit = await LogoutVisit.StartAsync(party);

        var page = await visit.LogOutAsync(("id_token_hint", visit.IdToken), ("post_logout_redirect_uri", ListeningApplication.ReturnTo), ("state", "s"));
        Assert.Equal($"{ListeningApplication.ReturnTo}?state=s", page.LeftFor?.AbsoluteUri);
        var message = await application.NextAsync();

        Assert.Equal(("POST", "application/x-www-form-urlencoded", "logout_token"), (message.Method, message.ContentType, string.Join(' ', message.Form.Keys)));
        await IsLogoutTokenAsync(provider, party.ClientId, message.Form["logout_token"], visit.Tokens.IdToken);
        Assert.True(application.IsQuiet);
        await visit.IsSignedOutAsync();
    }

    /// <summary>§2.4 and §2.6; the numbers of the latter are the section's own.</summary>
    private static async Task IsLogoutTokenAsync(TestProvider provider, string clientId, string value, JsonWebToken idToken)
    {
        // 2. Signature, and 3. issuer, audience and lifetime, with the algorithm that the client's ID tokens have.
        var judged = await TestToken.ValidateAsync(provider, value, clientId, "RS256");
        Assert.True(judged.IsValid, judged.Exception?.Message);
        var token = TestReply.Read(value);
        Assert.Equal("logout+jwt", token.Typ);
        Assert.Equal((string[])[clientId], token.Audiences);
        Assert.InRange(token.ValidTo - token.IssuedAt, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Assert.NotEmpty(token.Id);
        // 4. Who, in the words of the ID token.
        Assert.Equal(idToken.Subject, token.Subject);
        Assert.Equal(idToken.GetPayloadValue<string>("sid"), token.GetPayloadValue<string>("sid"));
        // 5. The event, an empty object.
        var happened = Assert.Single(token.GetPayloadValue<JsonElement>("events").EnumerateObject());
        Assert.Equal((LogoutEvent, "{}"), (happened.Name, happened.Value.GetRawText()));
        // 6. It must never pass for an ID token.
        Assert.DoesNotContain(token.Claims, c => c.Type == "nonce");
    }
}
