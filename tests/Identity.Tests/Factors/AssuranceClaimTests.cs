using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Tests.Factors;

public sealed class AssuranceClaimTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_four_axes_stand_in_every_answer_of_a_client_that_asked_for_them(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.ImportAsync(ClientDocument.Of("rp", c => c["scopes"]!.AsArray().Add("assurance")));
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var tokens = await rp.TokensAsync(browser, changes: ("scope", "openid assurance"));
        var auth = TestReply.Read(tokens.IdToken).GetClaim("auth_time").Value;
        var expected = $$"""{"proofing":"self_asserted","authenticator":"urn:vn:eid:auth:1","auth_time":{{auth}},"representation":"none"}""";
        Assert.Equal(expected, Plain(TestReply.Read(tokens.IdToken).GetClaim("assurance").Value));
        Assert.Equal(expected, Plain((await rp.UserInfoAsync(tokens.AccessToken)).Json.GetProperty("assurance").GetRawText()));
        Assert.Equal(expected, Plain((await rp.PostAsync("/connect/introspect", new() { ["token"] = tokens.AccessToken })).Json.GetProperty("assurance").GetRawText()));

        // Asked for by nobody, said to nobody.
        var plain = await rp.TokensAsync(browser);
        Assert.False(TestReply.Read(plain.IdToken).TryGetClaim("assurance", out _));
        Assert.False((await rp.UserInfoAsync(plain.AccessToken)).Json.TryGetProperty("assurance", out _));
    }

    [Fact]
    public async Task A_minimum_for_people_who_act_for_themselves_is_asked_of_them()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ClientDocument.Of("rp", c => c["minimum_by_capacity"] = new JsonObject { ["citizen"] = new JsonObject { ["acr"] = 2 }, ["official"] = new JsonObject { ["acr"] = 4 } }));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var page = await Someone.SignInAsync(visitor.Browser, await TestRelyingParty.Of(provider).AuthorizeAsync(visitor.Browser), visitor.Name);
        Assert.EndsWith("/enrol", page.Address.AbsolutePath, StringComparison.Ordinal);
    }

    private static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString();
}
