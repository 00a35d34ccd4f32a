using System.Text.Json;
using Identity.Tests.Harness;

namespace Identity.Tests.Login;

/// <summary>Filling in forms with what the registers say, field by field; and the one number that needs an approval.</summary>
public sealed class PrefillTests(ReleaseFixture fixture) : IClassFixture<ReleaseFixture>
{
    private const string Scope = "openid prefill";

    [Fact]
    public async Task Each_field_is_shown_with_its_source_and_its_date_and_none_is_ticked()
    {
        using var visit = await fixture.VisitAsync("filler");
        var page = await visit.AskAsync(Scope);
        Assert.Equal(["address", "birthdate", "email", "name", "phone_number"], ReleaseVisit.Optional(page).Order());
        Assert.DoesNotContain(page.Document.QuerySelectorAll("input[type=checkbox]"), box => box.HasAttribute("checked"));
        var boxes = page.Document.QuerySelectorAll(".check").Select(c => c.TextContent).ToList();
        Assert.Contains(boxes, text => text.Contains("1 Phố Mẫu, Tỉnh An Bình", StringComparison.Ordinal));
        Assert.All(boxes, text => Assert.Matches(@"Theo Tên đăng nhập và mật khẩu, cập nhật [^.]*20\d\d", text));
        // What the law orders is no choice.
        Assert.Contains("Giới tính", page.Document.QuerySelector("dl.facts")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Ticked_fields_arrive_with_value_source_level_and_moment_and_the_others_do_not(Engine engine)
    {
        using var visit = await fixture.VisitAsync("filler", engine);
        var claims = await visit.ClaimsAsync(await visit.AnswerAsync(await visit.AskAsync(Scope), "agree", "address", "birthdate"));
        var prefill = claims.GetProperty("prefill");
        Assert.Equal(["address", "birthdate", "gender"], prefill.EnumerateObject().Select(f => f.Name).Order());
        var address = prefill.GetProperty("address");
        Assert.Equal(["level", "obtained_at", "source", "value"], address.EnumerateObject().Select(f => f.Name).Order());
        Assert.Equal(("1 Phố Mẫu, Tỉnh An Bình", "local", "self_asserted"),
            (address.GetProperty("value").GetString(), address.GetProperty("source").GetString(), address.GetProperty("level").GetString()));
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(address.GetProperty("obtained_at").GetInt64()), TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(10));
        // Only the object: no scope asked for the claims themselves.
        Assert.False(claims.TryGetProperty("address", out _) || claims.TryGetProperty("birthdate", out _) || claims.TryGetProperty("name", out _));
    }

    [Fact]
    public async Task Who_ticks_nothing_gives_what_the_law_orders_and_no_more()
    {
        using var visit = await fixture.VisitAsync("filler");
        var claims = await visit.ClaimsAsync(await visit.AnswerAsync(await visit.AskAsync(Scope), "agree"));
        Assert.Equal(["gender"], claims.GetProperty("prefill").EnumerateObject().Select(f => f.Name));
    }

    [Fact]
    public async Task The_answer_is_remembered_field_by_field()
    {
        using var visit = await fixture.VisitAsync("filler");
        await visit.AnswerAsync(await visit.AskAsync(Scope), "agree", "name");
        var again = await visit.AskAsync(Scope);
        Assert.NotNull(again.LeftFor);
        Assert.Equal(["gender", "name"], (await visit.ClaimsAsync(again)).GetProperty("prefill").EnumerateObject().Select(f => f.Name).Order());
    }

    [Fact]
    public async Task The_claim_may_be_asked_for_by_the_claims_parameter_and_never_stands_in_the_ID_token()
    {
        using var visit = await fixture.VisitAsync("filler");
        var page = await visit.AskAsync("openid", ("claims", """{"userinfo":{"prefill":null},"id_token":{"prefill":null}}"""));
        var tokens = await visit.TokensAsync(await visit.AnswerAsync(page, "agree", "name"));
        Assert.False(TestReply.Read(tokens.IdToken).TryGetPayloadValue<JsonElement>("prefill", out _));
        Assert.Equal("Nguyễn Thị Ẩn", (await visit.Rp.UserInfoAsync(tokens.AccessToken)).Json.GetProperty("prefill").GetProperty("name").GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("mixed", Scope, null)]
    [InlineData("mixed", "openid", """{"userinfo":{"prefill":{"essential":true}}}""")]
    public async Task O35_A_client_without_the_scope_gets_no_form_filled_in(string client, string scope, string? claims)
    {
        using var visit = await fixture.VisitAsync(client);
        var answer = await visit.AskAsync(scope, ("claims", claims));
        if (answer.LeftFor is not null && answer.Answer.ContainsKey("error")) Assert.Equal("invalid_scope", answer.Answer["error"]);
        else Assert.False((await visit.ClaimsAsync(answer)).TryGetProperty("prefill", out _));
    }

    [Theory]
    [InlineData("openid vn_pin", null)]
    [InlineData("openid", """{"userinfo":{"vn_pin":{"essential":true}},"id_token":{"vn_pin":{"essential":true}}}""")]
    [InlineData("openid", """{"userinfo":{"personal_number":null}}""")]
    public async Task O35_The_personal_number_goes_to_approved_clients_only(string scope, string? claims)
    {
        foreach (var client in (string[])["unnumbered", "numbered"])
        {
            using var visit = await NumberedPersonAsync(client);
            var page = await visit.AskAsync(scope, ("claims", claims));
            if (page.LeftFor is not null && page.Answer.ContainsKey("error"))
            {
                Assert.Equal(("unnumbered", "invalid_scope"), (client, page.Answer["error"]));
                continue;
            }
            if (ReleaseVisit.IsRelease(page))
            {
                Assert.Contains("096000000000", page.Text, StringComparison.Ordinal);
                page = await visit.AnswerAsync(page, "agree", [.. ReleaseVisit.Optional(page)]);
            }
            var tokens = await visit.TokensAsync(page);
            var body = (await visit.Rp.UserInfoAsync(tokens.AccessToken)).Body + TestReply.Read(tokens.IdToken);
            var isOurs = client == "numbered" && !(claims ?? "").Contains("personal_number", StringComparison.Ordinal);
            Assert.Equal(isOurs, body.Contains("096000000000", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_optional_personal_number_can_be_ticked_and_left_out()
    {
        foreach (var ticked in (string[][])[["vn_pin"], []])
        {
            using var visit = await NumberedPersonAsync("numbered");
            var page = await visit.AskAsync("openid", ("claims", """{"userinfo":{"vn_pin":null}}"""));
            Assert.Equal(["vn_pin"], ReleaseVisit.Optional(page));
            Assert.Equal(ticked.Length > 0, (await visit.ClaimsAsync(await visit.AnswerAsync(page, "agree", ticked))).TryGetProperty("vn_pin", out _));
        }
    }

    private async Task<ReleaseVisit> NumberedPersonAsync(string client)
    {
        var provider = await fixture.ProviderAsync(Engine.Sqlite);
        return new ReleaseVisit(provider, client, await Someone.NewAsync(provider, new Dictionary<string, string>(TestPeople.Full) { ["personal_number"] = "096000000000" }));
    }
}
