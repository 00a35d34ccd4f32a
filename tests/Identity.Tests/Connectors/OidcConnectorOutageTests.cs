using System.Text.Json.Nodes;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.Http;

namespace Identity.Tests.Connectors;

/// <summary>An upstream that is slow, broken or speaks another language: each endpoint, each way, one outcome.</summary>
public sealed class OidcConnectorOutageTests
{
    public static readonly Dictionary<string, (RequestDelegate Answer, UpstreamFailure Expected)> BadAnswers = new()
    {
        ["status 500"] = (Answer.Status(500), UpstreamFailure.Unreachable),
        ["hang up"] = (Answer.HangUp, UpstreamFailure.Unreachable),
        ["never"] = (Answer.Never, UpstreamFailure.TimedOut),
        ["half, then never"] = (Answer.HalfThenNever, UpstreamFailure.TimedOut),
        ["10 MB"] = (Answer.Megabytes(10, announced: true), UpstreamFailure.Malformed),
        ["10 MB, unannounced"] = (Answer.Megabytes(10, announced: false), UpstreamFailure.Malformed),
        ["html"] = (Answer.Text("<html>Nguyễn Văn Mẫu</html>"), UpstreamFailure.Malformed),
        ["array"] = (Answer.Text("[]"), UpstreamFailure.Malformed),
        ["empty object"] = (Answer.Text("{}"), UpstreamFailure.Malformed),
        ["empty"] = (Answer.Text(""), UpstreamFailure.Malformed),
        ["twice the same member"] = (Answer.Text("""{"issuer":"a","issuer":"b"}"""), UpstreamFailure.Malformed),
        ["redirect"] = (Answer.RedirectTo("/elsewhere"), UpstreamFailure.Malformed),
    };

    public static TheoryData<string, string> EveryEndpointEveryWay()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in new[] { "/.well-known/openid-configuration", "/token", "/jwks", "/userinfo" })
            foreach (var answer in BadAnswers.Keys)
                data.Add(path, answer);
        return data;
    }

    /// <summary>Short only where the answer never comes: a busy machine must not be taken for a silent one.</summary>
    public static TimeSpan PatienceFor(string answer) => TimeSpan.FromSeconds(answer.Contains("never", StringComparison.Ordinal) ? 2 : 30);

    [Theory, MemberData(nameof(EveryEndpointEveryWay))]
    public async Task A_bad_answer_has_its_own_name(string path, string answer)
    {
        await using var trip = await SignInTrip.PlanAsync(s => s with { Timeout = PatienceFor(answer) });
        var (reply, expected) = BadAnswers[answer];
        trip.Upstream.Instead[path] = reply;
        if (path.StartsWith("/.well-known", StringComparison.Ordinal))
        {
            var start = await trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, false, null, "vi"), default);
            var unavailable = Assert.IsType<UpstreamStart.Unavailable>(start);
            Assert.Equal(answer == "empty object" ? UpstreamFailure.WrongIssuer : expected, unavailable.Why);
        }
        else
        {
            var outcome = await trip.SignInAsync();
            Assert.Equal(expected, SignInTrip.Failure(outcome));
            // Malformed it would be anyway; what matters is that nobody read ten megabytes to find out.
            if (answer.StartsWith("10 MB", StringComparison.Ordinal))
                Assert.Contains("more than 262144 bytes", ((UpstreamOutcome.Failed)outcome).Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_is_unreachable()
    {
        await using var trip = await SignInTrip.PlanAsync();
        await trip.Upstream.DisposeAsync();
        var start = await trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, false, null, "vi"), default);
        Assert.Equal(UpstreamFailure.Unreachable, Assert.IsType<UpstreamStart.Unavailable>(start).Why);
    }

    [Theory]
    [InlineData("""{"error":"invalid_client"}""", 401, UpstreamFailure.Refused)]
    [InlineData("""{"error":"invalid_grant"}""", 400, UpstreamFailure.CodeRefused)]
    [InlineData("""{"error":{"x":1}}""", 400, UpstreamFailure.Refused)]
    [InlineData("nonsense", 403, UpstreamFailure.Refused)]
    public async Task A_refusal_of_the_token_endpoint_is_told_from_a_refused_code(string body, int status, UpstreamFailure expected)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.Instead["/token"] = Answer.Text(body, status);
        Assert.Equal(expected, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Theory, InlineData("access_token", "5"), InlineData("id_token", "null"), InlineData("token_type", "\"DPoP\""), InlineData("id_token", "\"x\"")]
    [InlineData("access_token", "\"a\\r\\nHost: x\"")]
    public async Task A_token_answer_of_another_shape_is_malformed(string member, string json)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeIdToken = claims => claims.Remove("at_hash");
        trip.Upstream.ChangeTokenAnswer = answer => answer[member] = JsonNode.Parse(json);
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task A_refused_access_token_is_a_refusal()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.Instead["/userinfo"] = Answer.Status(401);
        Assert.Equal(UpstreamFailure.Refused, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task A_person_who_takes_hours_at_the_upstream_can_still_come_back()
    {
        await using var trip = await SignInTrip.PlanAsync();
        Assert.Equal(UpstreamFailure.Stale, SignInTrip.Failure(await trip.SignInAsync(wait: TimeSpan.FromHours(2))));
        trip.Upstream.ChangeIdToken = claims =>
        {
            var now = trip.Upstream.Clock.GetUtcNow().ToUnixTimeSeconds();
            (claims["iat"], claims["exp"]) = (now, now + 60);
        };
        Assert.IsType<UpstreamOutcome.Authenticated>(await trip.SignInAsync(wait: TimeSpan.FromHours(2)));
    }
}
