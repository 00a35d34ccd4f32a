using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Connectors.OpenIdConnect;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Connectors;

/// <summary>What a sign-in needs, in the words of an upstream, and what its words are worth in return.</summary>
public sealed class OidcConnectorAcrTests
{
    private const string Settings = """
        {
          "issuer": "https://nguon.example", "client_id": "c", "discovery": true, "acr_values": ["LoA1"],
          "acr_values_by_level": { "2": ["urn:up:mfa", "urn:up:both"], "3": ["urn:up:face"] },
          "acr_values_by_proofing": { "level02": ["urn:up:id2", "urn:up:both"], "level01": ["urn:up:id1"] },
          "amr_by_acr": { "urn:up:mfa": ["pwd", "otp"] }
        }
        """;

    [Theory]
    [InlineData(0, ProofingLevel.SelfAsserted, "LoA1")]
    [InlineData(1, ProofingLevel.SelfAsserted, "LoA1")]
    [InlineData(2, ProofingLevel.SelfAsserted, "urn:up:mfa urn:up:both")]
    [InlineData(2, ProofingLevel.Level02, "urn:up:both")]                       // one word for both
    [InlineData(3, ProofingLevel.Level01, "urn:up:id1 urn:up:face")]
    [InlineData(4, ProofingLevel.Level01, "urn:up:id1")]
    [InlineData(int.MaxValue, ProofingLevel.MailOnly, "LoA1")]
    public async Task What_is_needed_is_asked_for_in_the_upstreams_words(int level, ProofingLevel proofing, string asked)
    {
        await using var trip = await PlanAsync();
        Assert.Equal(asked, (await AskAsync(trip, new(level, proofing, null)))["acr_values"]);
    }

    [Fact]
    public async Task How_long_ago_the_human_may_have_been_there_is_said_and_only_when_it_matters()
    {
        await using var trip = await PlanAsync();
        Assert.Equal("300", (await AskAsync(trip, UpstreamNeeds.None with { MaxAge = TimeSpan.FromMinutes(5) }))["max_age"]);
        Assert.DoesNotContain("max_age", (await AskAsync(trip, UpstreamNeeds.None)).Keys);
    }

    [Theory]
    [InlineData("urn:up:mfa", null, "pwd otp")]
    [InlineData("urn:up:mfa", "pwd", "pwd")]        // what the answer says itself goes before the contract
    [InlineData("urn:up:face", null, "")]           // asked for, and promised by nobody
    [InlineData("urn:up:MFA", null, "")]
    [InlineData(null, null, "")]
    public async Task An_acr_stands_for_what_the_contract_says_when_the_answer_names_no_methods(string? acr, string? amr, string methods)
    {
        await using var trip = await PlanAsync();
        trip.Upstream.ChangeIdToken = claims =>
        {
            if (acr is not null) claims["acr"] = acr;
            if (amr is not null) claims["amr"] = new JsonArray(amr);
        };
        Assert.Equal(methods, string.Join(' ', (await trip.IdentityAsync()).Amr));
    }

    [Fact]
    public async Task Methods_that_cannot_be_read_are_none_whatever_the_acr_says()
    {
        await using var trip = await PlanAsync();
        trip.Upstream.ChangeIdToken = claims => (claims["acr"], claims["amr"]) = ("urn:up:mfa", 7);
        Assert.Empty((await trip.IdentityAsync()).Amr);
    }

    [Fact]
    public void The_tables_survive_their_JSON_and_are_read_strictly()
    {
        var settings = OidcConnectorSettings.FromJson(Settings);
        Assert.Empty(settings.Problems());
        Assert.Equal(settings.ToJson(), OidcConnectorSettings.FromJson(settings.ToJson()).ToJson());
        foreach (var (good, bad) in ((string, string)[])[("\"2\"", "\"two\""), ("level02", "level03"), ("\"level02\"", "\"3\""), ("[\"LoA1\"]", "\"LoA1\""), ("amr_by_acr", "amr_by_acrs")])
            Assert.ThrowsAny<JsonException>(() => OidcConnectorSettings.FromJson(Settings.Replace(good, bad, StringComparison.Ordinal)));
        foreach (var (good, bad) in ((string, string)[])[("\"2\"", "\"5\""), ("urn:up:face", "urn:up face"), ("\"urn:up:id1\"", "\"\""), ("\"otp\"", "\"otp sms\"")])
            Assert.Single(OidcConnectorSettings.FromJson(Settings.Replace(good, bad, StringComparison.Ordinal)).Problems());
    }

    private static Task<SignInTrip> PlanAsync() => SignInTrip.PlanAsync(s => OidcConnectorSettings.FromJson(Settings) with
    {
        Issuer = s.Issuer, ClientId = s.ClientId, ClientSecret = s.ClientSecret, AllowInsecureHttp = true,
    });

    private static async Task<Dictionary<string, string>> AskAsync(SignInTrip trip, UpstreamNeeds needs)
    {
        var start = await trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, ForceLogin: false, LoginHint: null, "vi") { Needs = needs }, default);
        return QueryHelpers.ParseQuery(Assert.IsType<UpstreamStart.Redirect>(start).Address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }
}
