using System.Text;
using System.Text.Json.Nodes;
using Identity.Connectors.AuthorizationCode;
using Identity.Connectors.OpenIdConnect;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Connectors;

public sealed class OidcConnectorTests
{
    /// <summary>As an administrator would write it; the shape is the one provincial portals meet at the national sign-in.</summary>
    private const string NationalSettings = """
        {
          "issuer": "ISSUER", "client_id": "tinh-an-binh", "client_authentication": "client_secret_basic", "pkce": false,
          "authorization_endpoint": "ISSUER/authorize", "token_endpoint": "ISSUER/token",
          "userinfo_endpoint": "ISSUER/userinfo", "jwks_uri": "ISSUER/jwks", "end_session_endpoint": "ISSUER/oidc/logout?v=1",
          "acr_values": ["LoA1"], "authorize_parameters": { "vnconnect": "1" }, "timeout": "00:00:05",
          "subject_claim": "TechID", "birthdate_format": "yyyyMMdd",
          "attribute_claims": {
            "name": ["HoVaTen"], "personal_number": ["SoDinhDanh"], "birthdate": ["NgayThangNamSinh"], "gender": ["GioiTinh"],
            "phone_number": ["SoDienThoai"], "email": ["ThuDienTu"], "address": ["DiaChi"], "tax_code": ["MaSoThue"]
          },
          "required_attributes": ["name", "personal_number"],
          "account_kind_claim": "LoaiTaiKhoan", "account_kinds": { "1": "individual", "2": "organisation" },
          "proofing_claim": "loAs", "proofing_levels": { "01": "level01", "02": "level02" }, "minimum_proofing": "level02"
        }
        """;

    [Fact]
    public async Task A_person_arrives_with_the_claims_of_the_national_sign_in()
    {
        await using var trip = await SignInTrip.PlanAsync(National);
        TellNationalClaims(trip.Upstream.Userinfo);
        trip.Upstream.ChangeIdToken = claims => claims["amr"] = new JsonArray("pwd", "otp");

        var identity = await trip.IdentityAsync();

        Assert.Equal(("quoc-gia", trip.Upstream.Issuer, "tech-0001"), (identity.Connector, identity.Issuer, identity.Subject));
        Assert.Equal((ExternalSubjectKind.Individual, ProofingLevel.Level02), (identity.Kind, identity.Proofing));
        Assert.Equal(["pwd", "otp"], identity.Amr);
        Assert.Equal(trip.Upstream.Clock.GetUtcNow().AddSeconds(-5), identity.AuthenticatedAt);
        Assert.NotNull(identity.LogoutHint);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["name"] = "Nguyễn Văn Mẫu", ["personal_number"] = "096000000000", ["birthdate"] = "1900-01-31",
                ["gender"] = "male", ["phone_number"] = "+84900000001", ["address"] = "Số 1, phường Mẫu",
            },
            identity.Attributes);
    }

    [Fact]
    public async Task A_person_arrives_with_standard_claims_through_the_same_connector()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var told = trip.Upstream.Userinfo;
        (told["name"], told["birthdate"], told["gender"]) = ("Trần Thị Mẫu", "1901", "female");
        (told["email"], told["email_verified"], told["phone_number"]) = ("mau@hop-thu.example", true, "+84 900 000 002");
        told["address"] = new JsonObject { ["formatted"] = "Số 2, xã Mẫu" };

        var identity = await trip.IdentityAsync();

        Assert.Equal(FakeUpstream.Subject, identity.Subject);
        Assert.Equal(ProofingLevel.SelfAsserted, identity.Proofing);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["name"] = "Trần Thị Mẫu", ["birthdate"] = "1901", ["gender"] = "female", ["email"] = "mau@hop-thu.example",
                ["email_verified"] = "true", ["phone_number"] = "+84900000002", ["address"] = "Số 2, xã Mẫu",
            },
            identity.Attributes);
    }

    [Fact]
    public async Task The_browser_is_sent_with_everything_the_protocol_asks_for()
    {
        await using var trip = await SignInTrip.PlanAsync(s => s with { AcrValues = ["LoA1", "LoA2"] });
        var first = await trip.StartAsync(forceLogin: true, loginHint: "mau@hop-thu.example");
        var second = await trip.StartAsync();
        var asked = QueryHelpers.ParseQuery(first.Address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());

        Assert.Equal("1", asked["tenant"]);     // the endpoint's own query survives
        Assert.Equal(("code", FakeUpstream.ClientId, "openid", "S256"),
            (asked["response_type"], asked["client_id"], asked["scope"], asked["code_challenge_method"]));
        Assert.Equal((SignInTrip.Callback.AbsoluteUri, "login", "mau@hop-thu.example", "vi", "LoA1 LoA2"),
            (asked["redirect_uri"], asked["prompt"], asked["login_hint"], asked["ui_locales"], asked["acr_values"]));
        Assert.Equal((first.Transaction.State, first.Transaction.Nonce), (asked["state"], asked["nonce"]));
        Assert.Equal(trip.Upstream.Clock.GetUtcNow(), first.Transaction.StartedAt);
        string[] secrets = [first.Transaction.State, first.Transaction.Nonce, first.Transaction.CodeVerifier,
            second.Transaction.State, second.Transaction.Nonce, second.Transaction.CodeVerifier];
        Assert.Equal(6, secrets.Distinct().Count());
        Assert.All(secrets, s => Assert.Equal(43, s.Length));
        Assert.DoesNotContain(QueryHelpers.ParseQuery(second.Address.Query).Keys, k => k is "prompt" or "login_hint");
    }

    [Fact]
    public async Task A_login_hint_of_any_length_leaves_the_address_short()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var start = await trip.StartAsync(loginHint: new string('x', 100_000));
        Assert.DoesNotContain("login_hint", start.Address.Query, StringComparison.Ordinal);
    }

    [Theory, InlineData(ClientAuthenticationMethod.ClientSecretPost), InlineData(ClientAuthenticationMethod.ClientSecretBasic)]
    public async Task The_client_secret_arrives_intact_by_exactly_one_way(ClientAuthenticationMethod method)
    {
        await using var trip = await SignInTrip.PlanAsync(s => s with { ClientAuthentication = method });
        await trip.IdentityAsync();
        var isBasic = method == ClientAuthenticationMethod.ClientSecretBasic;
        Assert.Equal(isBasic, trip.Upstream.LastAuthorization?.Length > 0);
        Assert.Equal(!isBasic, trip.Upstream.LastTokenForm.ContainsKey("client_secret"));
    }

    [Fact]
    public async Task An_answer_that_comes_as_a_form_is_read_too()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var start = await trip.StartAsync();
        var form = QueryHelpers.ParseQuery(trip.Upstream.Approve(start.Address)).ToDictionary(p => p.Key, p => p.Value.ToString());
        var outcome = await trip.Connector.CompleteAsync(new UpstreamCallback("", form), start.Transaction, default);
        Assert.IsType<UpstreamOutcome.Authenticated>(outcome);
    }

    [Fact]
    public async Task An_upstream_without_userinfo_speaks_through_its_ID_token()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeMetadata = m => m.Remove("userinfo_endpoint");
        trip.Upstream.ChangeIdToken = claims => claims["name"] = "Trần Thị Mẫu";
        Assert.Equal("Trần Thị Mẫu", (await trip.IdentityAsync()).Find(AttributeNames.Name));
    }

    [Theory, InlineData("access_denied"), InlineData("user_cancelled")]
    public async Task Saying_no_is_not_a_failure(string error)
    {
        await using var trip = await SignInTrip.PlanAsync();
        var outcome = await trip.SignInAsync(q => q.Replace("code=", $"error={error}&x=", StringComparison.Ordinal));
        Assert.IsType<UpstreamOutcome.Cancelled>(outcome);
        Assert.DoesNotContain("/token", trip.Upstream.Requests);
    }

    [Fact]
    public async Task Metadata_and_keys_are_asked_for_once_while_they_are_fresh()
    {
        await using var trip = await SignInTrip.PlanAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => trip.SignInAsync()));
        Assert.Equal((1, 1), (Count(trip, "/.well-known/openid-configuration"), Count(trip, "/jwks")));
        trip.Upstream.Clock.Advance(TimeSpan.FromHours(2));
        await trip.IdentityAsync();
        Assert.Equal((2, 2), (Count(trip, "/.well-known/openid-configuration"), Count(trip, "/jwks")));
    }

    [Fact]
    public async Task An_upstream_that_loses_its_metadata_for_a_while_still_signs_people_in()
    {
        await using var trip = await SignInTrip.PlanAsync();
        await trip.IdentityAsync();
        trip.Upstream.Instead["/.well-known/openid-configuration"] = Answer.Status(503);
        trip.Upstream.Clock.Advance(TimeSpan.FromHours(2));
        await trip.IdentityAsync();
        trip.Upstream.Clock.Advance(TimeSpan.FromHours(23));
        Assert.IsType<UpstreamStart.Unavailable>(
            await trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, false, null, "vi"), default));
    }

    [Fact]
    public async Task A_rotated_key_is_found_without_a_restart()
    {
        await using var trip = await SignInTrip.PlanAsync();
        await trip.IdentityAsync();
        trip.Upstream.Rotate();
        await trip.IdentityAsync();
        trip.Upstream.Clock.Advance(TimeSpan.FromMinutes(2));
        trip.Upstream.ReplaceKeySilently();
        await trip.IdentityAsync();
        Assert.Equal(3, Count(trip, "/jwks"));
    }

    [Fact]
    public async Task Unknown_keys_cannot_make_us_hammer_the_upstream()
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeRawIdToken = _ => trip.Upstream.Sign("{}", Guid.NewGuid().ToString());
        for (var i = 0; i < 5; i++) Assert.Equal(UpstreamFailure.SignatureInvalid, SignInTrip.Failure(await trip.SignInAsync()));
        Assert.Equal(2, Count(trip, "/jwks"));
        trip.Upstream.Clock.Advance(TimeSpan.FromMinutes(2));
        await trip.SignInAsync();
        Assert.Equal(3, Count(trip, "/jwks"));
    }

    [Fact]
    public async Task The_logout_address_names_us_and_where_to_return()
    {
        await using var trip = await SignInTrip.PlanAsync(National);
        var address = trip.Connector.LogoutAddress(new Uri("https://dang-nhap.anbinh.gov.vn/bye?x=1"));
        Assert.Equal(
            $"{trip.Upstream.Issuer}/oidc/logout?v=1&client_id=tinh-an-binh&post_logout_redirect_uri=https%3A%2F%2Fdang-nhap.anbinh.gov.vn%2Fbye%3Fx%3D1",
            address!.AbsoluteUri);
    }

    [Fact]
    public async Task A_sign_in_that_the_caller_gives_up_ends_as_a_cancellation()
    {
        await using var trip = await SignInTrip.PlanAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => trip.Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, false, null, "vi"), gone.Token));
    }

    internal static OidcConnectorSettings National(OidcConnectorSettings settings) =>
        OidcConnectorSettings.FromJson(NationalSettings.Replace("ISSUER", settings.Issuer, StringComparison.Ordinal))
            with { ClientSecret = settings.ClientSecret };

    internal static void TellNationalClaims(JsonObject told)
    {
        (told["TechID"], told["LoaiTaiKhoan"], told["loAs"]) = ("tech-0001", "1", "02");
        told["HoVaTen"] = "Nguyễn Văn \u0000\u202eMẫu".Normalize(NormalizationForm.FormD);
        (told["SoDinhDanh"], told["NgayThangNamSinh"], told["GioiTinh"]) = ("096 000 000 000", "19000131", 1);
        (told["SoDienThoai"], told["ThuDienTu"], told["DiaChi"]) = ("0900.000.001", "", "Số 1, phường Mẫu");
    }

    private static int Count(SignInTrip trip, string path) => trip.Upstream.Requests.Count(r => r == path);
}
