using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Identity.Protocols.Federation;
using Identity.Tests.Jose;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Connectors;

/// <summary>Rows F5, O7, O13 and O14 of the attack catalogue: a sign-in that works, with one thing broken.</summary>
public sealed class OidcConnectorAttackTests
{
    [Theory]
    [InlineData("iss", "\"https://another.example\"", UpstreamFailure.WrongIssuer)]
    [InlineData("iss", null, UpstreamFailure.WrongIssuer)]
    [InlineData("aud", "\"another-client\"", UpstreamFailure.WrongAudience)]
    [InlineData("aud", null, UpstreamFailure.WrongAudience)]
    [InlineData("aud", "[\"tinh-an-binh\",\"another-client\"]", UpstreamFailure.WrongAudience)]   // no azp
    [InlineData("aud", "[]", UpstreamFailure.Malformed)]
    [InlineData("azp", "\"another-client\"", UpstreamFailure.WrongAudience)]
    [InlineData("azp", "1", UpstreamFailure.Malformed)]
    [InlineData("nonce", "\"another-nonce\"", UpstreamFailure.WrongNonce)]
    [InlineData("nonce", null, UpstreamFailure.WrongNonce)]
    [InlineData("exp", null, UpstreamFailure.MissingClaim)]
    [InlineData("iat", null, UpstreamFailure.MissingClaim)]
    [InlineData("exp", "\"4102444800\"", UpstreamFailure.Malformed)]
    [InlineData("nbf", "4102444800", UpstreamFailure.Stale)]
    [InlineData("iat", "4102444800", UpstreamFailure.Stale)]
    [InlineData("iat", "1700000000", UpstreamFailure.Stale)]
    [InlineData("exp", "1700000000", UpstreamFailure.Stale)]
    [InlineData("auth_time", "4102444800", UpstreamFailure.Stale)]
    [InlineData("auth_time", "\"now\"", UpstreamFailure.Malformed)]
    [InlineData("at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", UpstreamFailure.SignatureInvalid)]
    [InlineData("sub", null, UpstreamFailure.MissingClaim)]
    [InlineData("sub", "12", UpstreamFailure.Malformed)]
    [InlineData("sub", "\"another-subject\"", UpstreamFailure.Malformed)]                       // userinfo says otherwise
    public async Task F5_one_wrong_claim_refuses_a_good_sign_in(string claim, string? json, UpstreamFailure expected)
    {
        await using var trip = await SignInTrip.PlanAsync();
        await trip.IdentityAsync();
        trip.Upstream.ChangeIdToken = claims =>
        {
            if (json is null) claims.Remove(claim);
            else claims[claim] = JsonNode.Parse(json);
        };
        Assert.Equal(expected, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Theory]
    [InlineData("exp", -59, true), InlineData("exp", -60, false)]
    [InlineData("iat", -660, true), InlineData("iat", -661, false), InlineData("iat", 60, true), InlineData("iat", 61, false)]
    [InlineData("nbf", 60, true), InlineData("nbf", 61, false), InlineData("auth_time", 60, true), InlineData("auth_time", 61, false)]
    public async Task F5_clocks_may_differ_by_the_configured_skew_and_not_a_second_more(string claim, int seconds, bool accepted)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeIdToken = claims => claims[claim] = trip.Upstream.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;
        var outcome = await trip.SignInAsync();
        if (accepted) Assert.IsType<UpstreamOutcome.Authenticated>(outcome);
        else Assert.Equal(UpstreamFailure.Stale, SignInTrip.Failure(outcome));
    }

    [Fact]
    public async Task F5_several_audiences_are_fine_when_we_are_the_authorized_party()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeIdToken = claims =>
            (claims["aud"], claims["azp"]) = (new JsonArray(FakeUpstream.ClientId, "register"), FakeUpstream.ClientId);
        await trip.IdentityAsync();
    }

    [Theory, InlineData("none"), InlineData("HS256"), InlineData("RS256"), InlineData("ES512")]
    public async Task F5_an_ID_token_of_another_algorithm_is_refused(string algorithm)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeRawIdToken = token =>
        {
            var signed = $"{Forge.Encode($$"""{"alg":"{{algorithm}}","kid":"2026-10"}""")}.{token.Split('.')[1]}";
            var secret = Encoding.UTF8.GetBytes(FakeUpstream.ClientSecret);
            var mac = algorithm == "none" ? [] : HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed));
            return $"{signed}.{Base64UrlEncoder.Encode(mac)}";
        };
        Assert.Equal(UpstreamFailure.SignatureInvalid, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task F5_an_ID_token_that_was_changed_on_the_way_is_refused()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeRawIdToken = token =>
        {
            var parts = token.Split('.');
            var payload = Base64UrlEncoder.Decode(parts[1]).Replace(FakeUpstream.Subject, "victim", StringComparison.Ordinal);
            return $"{parts[0]}.{Forge.Encode(payload)}.{parts[2]}";
        };
        Assert.Equal(UpstreamFailure.SignatureInvalid, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task F5_an_algorithm_outside_the_connectors_own_list_is_refused()
    {
        await using var trip = await SignInTrip.PlanAsync(s => s with { IdTokenAlgorithms = ["RS256"] });
        Assert.Equal(UpstreamFailure.SignatureInvalid, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task F5_a_logout_token_is_not_an_ID_token()
    {
        await using var trip = await SignInTrip.PlanAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ours = Protocols.Jose.PrivateSigningKey.Import("k", "ES256", key.ExportPkcs8PrivateKey());
        trip.Upstream.Instead["/jwks"] = Answer.Text(
            Encoding.UTF8.GetString(new Protocols.Jose.JsonWebKeySet([ours.PublicKey]).ToUtf8Bytes()));
        var type = "JWT";
        trip.Upstream.ChangeRawIdToken = token => ours.Sign(type, Base64UrlEncoder.DecodeBytes(token.Split('.')[1]));
        await trip.IdentityAsync();
        type = "logout+jwt";
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task F5_the_answer_to_another_browser_is_refused_before_the_code_is_spent()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var (mine, other) = (await trip.StartAsync(), await trip.StartAsync());
        var outcome = await trip.CompleteAsync(trip.Upstream.Approve(other.Address), mine.Transaction);
        Assert.Equal(UpstreamFailure.WrongNonce, SignInTrip.Failure(outcome));
        Assert.DoesNotContain("/token", trip.Upstream.Requests);
    }

    [Fact]
    public async Task F5_a_code_of_another_sign_in_under_our_state_is_refused()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var (mine, other) = (await trip.StartAsync(), await trip.StartAsync());
        var stolen = trip.Upstream.Approve(other.Address)
            .Replace(other.Transaction.State, mine.Transaction.State, StringComparison.Ordinal);
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.CompleteAsync(stolen, mine.Transaction)));
    }

    [Fact]
    public async Task F5_without_PKCE_the_nonce_still_catches_a_code_of_another_sign_in()
    {
        await using var trip = await SignInTrip.PlanAsync(s => s with { Pkce = false });
        var (mine, other) = (await trip.StartAsync(), await trip.StartAsync());
        var stolen = trip.Upstream.Approve(other.Address)
            .Replace(other.Transaction.State, mine.Transaction.State, StringComparison.Ordinal);
        Assert.Equal(UpstreamFailure.WrongNonce, SignInTrip.Failure(await trip.CompleteAsync(stolen, mine.Transaction)));
    }

    [Fact]
    public async Task F5_a_replayed_answer_is_refused()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var start = await trip.StartAsync();
        var query = trip.Upstream.Approve(start.Address);
        Assert.IsType<UpstreamOutcome.Authenticated>(await trip.CompleteAsync(query, start.Transaction));
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.CompleteAsync(query, start.Transaction)));
    }

    [Fact]
    public async Task F5_metadata_that_names_another_issuer_is_refused()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeMetadata = m => m["issuer"] = "https://another.example";
        var start = await trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, false, null, "vi"), default);
        Assert.Equal(UpstreamFailure.WrongIssuer, Assert.IsType<UpstreamStart.Unavailable>(start).Why);
    }

    [Theory]
    [InlineData("&iss=https%3A%2F%2Fanother.example", UpstreamFailure.WrongIssuer)]
    [InlineData("&iss=", UpstreamFailure.WrongIssuer)]
    [InlineData("", UpstreamFailure.WrongIssuer)]       // its metadata promises the parameter
    public async Task O7_an_answer_that_names_another_issuer_or_none_is_refused(string issuer, UpstreamFailure expected)
    {
        await using var trip = await SignInTrip.PlanAsync();
        var outcome = await trip.SignInAsync(query => query[..query.IndexOf("&iss=", StringComparison.Ordinal)] + issuer);
        Assert.Equal(expected, SignInTrip.Failure(outcome));
        Assert.DoesNotContain("/token", trip.Upstream.Requests);
    }

    [Fact]
    public async Task O7_an_error_of_another_issuer_is_not_even_a_cancellation()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var start = await trip.StartAsync();
        var query = $"error=access_denied&state={start.Transaction.State}&iss=https://another.example";
        Assert.Equal(UpstreamFailure.WrongIssuer, SignInTrip.Failure(await trip.CompleteAsync(query, start.Transaction)));
    }

    [Fact]
    public async Task O7_a_silent_upstream_may_leave_the_issuer_out_unless_the_connector_insists()
    {
        static string WithoutIssuer(string query) => query[..query.IndexOf("&iss=", StringComparison.Ordinal)];
        foreach (var insists in new[] { false, true })
        {
            await using var trip = await SignInTrip.PlanAsync(s => s with { RequireIssuerParameter = insists });
            trip.Upstream.ChangeMetadata = m => m.Remove("authorization_response_iss_parameter_supported");
            var outcome = await trip.SignInAsync(WithoutIssuer);
            if (insists) Assert.Equal(UpstreamFailure.WrongIssuer, SignInTrip.Failure(outcome));
            else Assert.IsType<UpstreamOutcome.Authenticated>(outcome);
        }
    }

    [Theory]
    [InlineData("?state=STATE&state=STATE&code=x", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&code=x&code=y", UpstreamFailure.Malformed)]
    [InlineData("?code=x", UpstreamFailure.Malformed)]
    [InlineData("", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&iss=ISS", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&iss=ISS&code=", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&iss=ISS&code=unknown", UpstreamFailure.CodeRefused)]
    [InlineData("?state=STATE&iss=ISS&code=%ff%00%", UpstreamFailure.Malformed)]
    [InlineData("?state=%ed%a0%80&iss=ISS&code=x", UpstreamFailure.WrongNonce)]
    [InlineData("?state=STATE&iss=ISS&error=login_required", UpstreamFailure.Refused)]
    [InlineData("?state=STATE&iss=ISS&error=Nguy%E1%BB%85n%20M%E1%BA%ABu%0Aforged&code=x", UpstreamFailure.Refused)]
    public async Task O8_an_answer_of_another_shape_is_refused(string query, UpstreamFailure expected)
    {
        await using var trip = await SignInTrip.PlanAsync();
        var outcome = await trip.SignInAsync(good => query
            .Replace("STATE", good.Split("state=")[1].Split('&')[0], StringComparison.Ordinal)
            .Replace("ISS", trip.Upstream.Issuer, StringComparison.Ordinal));
        Assert.Equal(expected, SignInTrip.Failure(outcome));
    }

    [Fact]
    public async Task O10_an_answer_of_a_megabyte_is_refused_unread()
    {
        await using var trip = await SignInTrip.PlanAsync();
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync(q => q + "&x=" + new string('a', 1_000_000))));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task O13_a_redirecting_token_endpoint_is_refused_whatever_the_client_would_do(bool clientFollows)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = clientFollows };
        await using var trip = await SignInTrip.PlanAsync(handler: handler);
        trip.Upstream.Instead["/token"] = Answer.RedirectTo("/elsewhere");
        trip.Upstream.Instead["/elsewhere"] = Answer.Text("""{"access_token":"a","token_type":"Bearer","id_token":"x"}""");
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await trip.SignInAsync());
        Assert.Equal((UpstreamFailure.Malformed, "token endpoint answered with a redirect"), (failed.Why, failed.Detail));
    }

    [Fact]
    public async Task O13_our_own_handler_never_follows_a_redirect()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.Instead["/token"] = Answer.RedirectTo("/elsewhere");
        await trip.SignInAsync();
        Assert.DoesNotContain("/elsewhere", trip.Upstream.Requests);
    }

    [Theory]
    [InlineData("jwks_uri", "http://169.254.169.254/jwks"), InlineData("token_endpoint", "file:///etc/hostname")]
    [InlineData("token_endpoint", "http://another.example/token"), InlineData("userinfo_endpoint", "gopher://another.example")]
    [InlineData("authorization_endpoint", "javascript:alert(1)"), InlineData("token_endpoint", "https://a@another.example/")]
    [InlineData("token_endpoint", "/token"), InlineData("jwks_uri", "")]
    public async Task O14_metadata_cannot_point_us_at_anything_but_https(string member, string address)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeMetadata = m => m[member] = address;
        var start = await trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, false, null, "vi"), default);
        Assert.Equal(UpstreamFailure.Malformed, Assert.IsType<UpstreamStart.Unavailable>(start).Why);
    }

    [Fact]
    public async Task F9_userinfo_cannot_overrule_what_the_ID_token_signed()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeIdToken = claims => (claims["loAs"], claims["name"]) = ("01", "Trần Thị Mẫu");
        (trip.Upstream.Userinfo["loAs"], trip.Upstream.Userinfo["name"]) = ("02", "Nguyễn Văn Mẫu");
        trip.Upstream.Userinfo["role"] = "admin";
        trip.Upstream.Userinfo["amr"] = new JsonArray("hwk");
        var identity = await trip.IdentityAsync();
        Assert.Equal((ProofingLevel.Level01, "Trần Thị Mẫu"), (identity.Proofing, identity.Find(AttributeNames.Name)));
        Assert.Equal([AttributeNames.Name], identity.Attributes.Keys);
        Assert.Empty(identity.Amr);
    }
}
