using Identity.Protocols.Federation;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Connectors;

public sealed class OidcEidContractTests : EidConnectorContract
{
    private protected override Task<EidTrip> PlanAsync(EidPlan plan) => OidcEidTrip.PlanAsync(plan);
}

public sealed class VNeIdContractTests : EidConnectorContract
{
    private protected override Task<EidTrip> PlanAsync(EidPlan plan) => VNeIdTrip.PlanAsync(plan);
}

/// <summary>What every connector to the national e-ID does, whatever its upstream speaks: a sign-in that works, with one thing broken.</summary>
public abstract class EidConnectorContract
{
    private protected abstract Task<EidTrip> PlanAsync(EidPlan plan);

    private Task<EidTrip> PlanAsync() => PlanAsync(new EidPlan());

    [Fact]
    public async Task A_genuine_answer_becomes_the_person()
    {
        await using var trip = await PlanAsync();
        var identity = await trip.IdentityAsync();
        Assert.Equal(("quoc-gia", trip.Issuer), (identity.Connector, identity.Issuer));
        Assert.NotEmpty(identity.Subject);
        Assert.Equal((ExternalSubjectKind.Individual, ProofingLevel.Level02), (identity.Kind, identity.Proofing));
        Assert.Equal(("Nguyễn Văn Mẫu", "096000000000", "1900-01-31"),
            (identity.Find(AttributeNames.Name), identity.Find(AttributeNames.PersonalNumber), identity.Find(AttributeNames.BirthDate)));
        Assert.InRange(identity.AuthenticatedAt, trip.Clock.GetUtcNow().AddMinutes(-1), trip.Clock.GetUtcNow());
        Assert.Empty(identity.Amr);
    }

    [Fact]
    public async Task The_browser_is_sent_with_a_state_of_its_own_and_a_challenge()
    {
        await using var trip = await PlanAsync();
        var (first, second) = (await trip.StartAsync(forceLogin: true), await trip.StartAsync());
        var asked = QueryHelpers.ParseQuery(first.Address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        Assert.Equal(("code", FakeUpstream.ClientId, "openid", SignInTrip.Callback.AbsoluteUri), (asked["response_type"], asked["client_id"], asked["scope"], asked["redirect_uri"]));
        Assert.Equal((first.Transaction.State, "S256", "login"), (asked["state"], asked["code_challenge_method"], asked["prompt"]));
        Assert.NotEqual(first.Transaction.State, second.Transaction.State);
        Assert.Equal(43, first.Transaction.State.Length);
        Assert.Equal(trip.Clock.GetUtcNow(), first.Transaction.StartedAt);
        Assert.DoesNotContain("prompt=", second.Address.Query, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_client_secret_arrives_by_exactly_one_way_in_a_form(bool basic)
    {
        await using var trip = await PlanAsync(new EidPlan(Basic: basic));
        await trip.IdentityAsync();
        Assert.Equal(basic, trip.LastAuthorization?.StartsWith("Basic ", StringComparison.Ordinal) == true);
        Assert.Equal(!basic, trip.LastTokenForm.GetValueOrDefault("client_secret") == FakeUpstream.ClientSecret);
        Assert.Equal(43, trip.LastTokenForm["code_verifier"].Length);
    }

    [Theory, InlineData("access_denied"), InlineData("user_cancelled")]
    public async Task Saying_no_is_not_a_failure(string error)
    {
        await using var trip = await PlanAsync();
        Assert.IsType<UpstreamOutcome.Cancelled>(await trip.SignInAsync(q => q.Replace("code=", $"error={error}&x=", StringComparison.Ordinal)));
        Assert.DoesNotContain("/token", trip.Requests);
    }

    public static TheoryData<string, string> EveryEndpointEveryWay()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in new[] { "/token", "/userinfo" })
        foreach (var answer in OidcConnectorOutageTests.BadAnswers.Keys) data.Add(path, answer);
        return data;
    }

    [Theory, MemberData(nameof(EveryEndpointEveryWay))]
    public async Task A_bad_answer_has_its_own_name(string path, string answer)
    {
        await using var trip = await PlanAsync(new EidPlan(Timeout: OidcConnectorOutageTests.PatienceFor(answer)));
        var (reply, expected) = OidcConnectorOutageTests.BadAnswers[answer];
        trip.Instead[path] = reply;
        var outcome = await trip.SignInAsync();
        Assert.Equal(expected, SignInTrip.Failure(outcome));
        if (answer.StartsWith("10 MB", StringComparison.Ordinal))
            Assert.Contains("more than 262144 bytes", ((UpstreamOutcome.Failed)outcome).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"invalid_client"}""", 401, UpstreamFailure.Refused)]
    [InlineData("", 401, UpstreamFailure.Refused)]
    [InlineData("""{"error":"invalid_grant"}""", 400, UpstreamFailure.CodeRefused)]
    [InlineData("""{"error":{"x":1}}""", 400, UpstreamFailure.Refused)]
    [InlineData("nonsense", 403, UpstreamFailure.Refused)]
    [InlineData("", 415, UpstreamFailure.Refused)]
    public async Task A_refusal_of_the_token_endpoint_is_told_from_a_refused_code(string body, int status, UpstreamFailure expected)
    {
        await using var trip = await PlanAsync();
        trip.Instead["/token"] = Answer.Text(body, status);
        Assert.Equal(expected, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Theory, InlineData(401), InlineData(403)]
    public async Task A_refused_access_token_is_a_refusal(int status)
    {
        await using var trip = await PlanAsync();
        trip.Instead["/userinfo"] = Answer.Status(status);
        Assert.Equal(UpstreamFailure.Refused, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task F5_a_replayed_answer_is_refused()
    {
        await using var trip = await PlanAsync();
        var start = await trip.StartAsync();
        var query = trip.Approve(start.Address);
        Assert.IsType<UpstreamOutcome.Authenticated>(await trip.CompleteAsync(query, start.Transaction));
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.CompleteAsync(query, start.Transaction)));
    }

    [Fact]
    public async Task F5_the_answer_to_another_browser_is_refused_before_the_code_is_spent()
    {
        await using var trip = await PlanAsync();
        var (mine, other) = (await trip.StartAsync(), await trip.StartAsync());
        Assert.Equal(UpstreamFailure.WrongNonce, SignInTrip.Failure(await trip.CompleteAsync(trip.Approve(other.Address), mine.Transaction)));
        Assert.DoesNotContain("/token", trip.Requests);
    }

    [Fact]
    public async Task F5_a_code_of_another_sign_in_under_our_state_is_refused()
    {
        await using var trip = await PlanAsync();
        var (mine, other) = (await trip.StartAsync(), await trip.StartAsync());
        var stolen = trip.Approve(other.Address).Replace(other.Transaction.State, mine.Transaction.State, StringComparison.Ordinal);
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.CompleteAsync(stolen, mine.Transaction)));
    }

    [Fact]
    public async Task F5_an_answer_that_comes_hours_later_is_refused()
    {
        await using var trip = await PlanAsync();
        Assert.Contains(SignInTrip.Failure(await trip.SignInAsync(wait: TimeSpan.FromHours(2))), (UpstreamFailure[])[UpstreamFailure.Stale, UpstreamFailure.CodeRefused]);
        await trip.IdentityAsync();
    }

    [Theory]
    [InlineData("&iss=https%3A%2F%2Fanother.example"), InlineData("&iss=")]
    public async Task O7_an_answer_that_names_another_issuer_is_refused(string issuer)
    {
        await using var trip = await PlanAsync();
        Assert.Equal(UpstreamFailure.WrongIssuer, SignInTrip.Failure(await trip.SignInAsync(query => query.Split("&iss=")[0] + issuer)));
        Assert.Equal(UpstreamFailure.WrongIssuer, SignInTrip.Failure(await trip.SignInAsync(query => "?error=access_denied&state=" + query.Split("state=")[1].Split('&')[0] + issuer)));
        Assert.DoesNotContain("/token", trip.Requests);
    }

    [Fact]
    public async Task O7_a_connector_that_insists_refuses_an_answer_without_issuer()
    {
        await using var trip = await PlanAsync(new EidPlan(InsistsOnIssuer: true));
        Assert.Equal(UpstreamFailure.WrongIssuer, SignInTrip.Failure(await trip.SignInAsync(query => query.Split("&iss=")[0])));
        Assert.IsType<UpstreamOutcome.Authenticated>(await trip.SignInAsync(query => $"{query.Split("&iss=")[0]}&iss={Uri.EscapeDataString(trip.Issuer)}"));
    }

    [Theory]
    [InlineData("?state=STATE&state=STATE&code=x", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&code=x&code=y", UpstreamFailure.Malformed)]
    [InlineData("?code=x", UpstreamFailure.Malformed)]
    [InlineData("", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&code=", UpstreamFailure.Malformed)]
    [InlineData("?state=STATE&code=%ff%00%", UpstreamFailure.Malformed)]
    [InlineData("?state=%ed%a0%80&code=x", UpstreamFailure.WrongNonce)]
    [InlineData("?state=STATE&error=login_required", UpstreamFailure.Refused)]
    [InlineData("?state=STATE&error=Nguy%E1%BB%85n%20M%E1%BA%ABu%0Aforged&code=x", UpstreamFailure.Refused)]
    public async Task O8_an_answer_of_another_shape_is_refused(string query, UpstreamFailure expected)
    {
        await using var trip = await PlanAsync();
        Assert.Equal(expected, SignInTrip.Failure(await trip.SignInAsync(good => query.Replace("STATE", good.Split("state=")[1].Split('&')[0], StringComparison.Ordinal))));
        Assert.DoesNotContain("/token", trip.Requests);
    }

    [Fact]
    public async Task O10_an_answer_of_a_megabyte_is_refused_unread()
    {
        await using var trip = await PlanAsync();
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync(q => q + "&x=" + new string('a', 1_000_000))));
    }

    [Theory, InlineData("name"), InlineData("personal_number"), InlineData("subject"), InlineData("kind")]
    public async Task A_claim_that_the_connector_needs_is_missed(string what)
    {
        await using var trip = await PlanAsync();
        trip.Person.Remove(trip.ClaimOf[what]);
        Assert.Equal(UpstreamFailure.MissingClaim, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Theory, InlineData("01"), InlineData("03"), InlineData("02 ")]
    public async Task Only_a_level_that_was_mapped_and_suffices_passes(string level)
    {
        await using var trip = await PlanAsync();
        trip.Person[trip.ClaimOf["level"]] = level;
        Assert.Equal(UpstreamFailure.LevelTooLow, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task An_organisation_is_named_as_one_and_judged_by_no_persons_level()
    {
        await using var trip = await PlanAsync();
        (trip.Person[trip.ClaimOf["kind"]], trip.Person[trip.ClaimOf["level"]]) = ("2", null);
        Assert.Equal(ExternalSubjectKind.Organisation, (await trip.IdentityAsync()).Kind);
    }

    [Fact]
    public async Task The_same_person_has_the_same_subject_every_time()
    {
        await using var trip = await PlanAsync();
        Assert.Equal((await trip.IdentityAsync()).Subject, (await trip.IdentityAsync()).Subject);
    }

    [Fact]
    public async Task The_logout_address_names_us_and_where_to_return()
    {
        await using var trip = await PlanAsync();
        var query = QueryHelpers.ParseQuery(trip.Connector.LogoutAddress(new Uri("https://dang-nhap.anbinh.gov.vn/bye?x=1"))!.Query);
        Assert.Equal((FakeUpstream.ClientId, "https://dang-nhap.anbinh.gov.vn/bye?x=1"), (query["client_id"].ToString(), query["post_logout_redirect_uri"].ToString()));
    }
}
