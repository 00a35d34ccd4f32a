using Identity.Domain.Grants;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>One page for what a statute orders and what is asked for, each in the owner's words; and the proof of it.</summary>
public sealed class ReleasePerAttributeTests(ReleaseFixture fixture) : IClassFixture<ReleaseFixture>
{
    private const string Scope = "openid profile email";

    [Fact]
    public async Task What_the_law_orders_stands_apart_from_what_is_asked_for()
    {
        using var visit = await fixture.VisitAsync("mixed");
        var page = await visit.AskAsync(Scope);
        var (byLaw, asked) = (page.Document.QuerySelectorAll("dl.facts")[0], page.Document.QuerySelectorAll("dl.facts")[1]);
        Assert.Equal(["Họ và tên"], byLaw.QuerySelectorAll("dt").Select(d => d.TextContent));
        Assert.Contains("Nguyễn Thị Ẩn", byLaw.TextContent, StringComparison.Ordinal);
        Assert.Contains("Theo Điều 7 <b>Nghị định mẫu</b>.", byLaw.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ngày sinh", asked.QuerySelectorAll("dt").Select(d => d.TextContent));
        Assert.DoesNotContain("Họ và tên", asked.QuerySelectorAll("dt").Select(d => d.TextContent));
        Assert.Contains("05/09/1968", asked.TextContent, StringComparison.Ordinal);
        Assert.Contains("Để chia nhóm tuổi.", asked.TextContent, StringComparison.Ordinal);
        Assert.Equal(["email"], ReleaseVisit.Optional(page));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("input[type=checkbox]"), box => box.HasAttribute("checked"));
        Assert.Equal(["agree", "refuse"], page.Document.QuerySelectorAll("form[action$='/release'] button[name=answer]").Select(b => b.GetAttribute("value")));
        Assert.Equal(SignInPageTests.Text("share.yes"), page.Document.QuerySelector("button[value=agree]")!.TextContent);
        var kept = page.Document.QuerySelector("details")!.TextContent;
        Assert.Contains("Ngày sinh: sáu tháng", kept, StringComparison.Ordinal);
        Assert.Contains("một năm", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task O11_Words_of_a_registration_are_text_and_nothing_else()
    {
        using var visit = await fixture.VisitAsync("mixed");
        var page = await visit.AskAsync(Scope);
        Assert.Empty(page.Document.QuerySelectorAll("dl.facts b"));
        Assert.DoesNotContain(page.Document.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("{{7*7}} \"onmouseover=\"alert(1)", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_the_law_orders_is_told_and_not_asked()
    {
        using var visit = await fixture.VisitAsync("mixed");
        var page = await visit.AskAsync("openid", ("claims", """{"userinfo":{"name":{"essential":true}}}"""));
        Assert.Equal(SignInPageTests.Text("share.notice_yes"), page.Document.QuerySelector("button[value=agree]")!.TextContent);
        Assert.Empty(ReleaseVisit.Optional(page));
        Assert.DoesNotContain(SignInPageTests.Text("share.withdraw"), page.Text, StringComparison.Ordinal);
        Assert.Equal("Nguyễn Thị Ẩn", (await visit.ClaimsAsync(await visit.AnswerAsync(page, "agree"))).GetProperty("name").GetString());
        Assert.Equal("notice", (await ProofsAsync(visit))[^1].Kind);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_proof_says_which_claims_how_and_in_which_words(Engine engine)
    {
        using var visit = await fixture.VisitAsync("mixed", engine);
        var version = await VersionAsync(visit);
        var answer = await visit.AnswerAsync(await visit.AskAsync(Scope, ("ui_locales", "en")), "agree");
        Assert.NotNull(answer.LeftFor);
        var proof = Assert.Single(await ProofsAsync(visit));
        Assert.Equal("name", proof.Notified);
        Assert.Contains("birthdate", proof.Claims.Split(' '));
        Assert.Equal("email", proof.Declined);
        Assert.Equal(("consent", "en", version), (proof.Kind, proof.Language, proof.ClientVersion));
        Assert.InRange(DateTimeOffset.UtcNow - proof.GrantedAt, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        var row = await visit.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(e => e.PersonId == proof.PersonId && e.Name == "release.agreed"));
        Assert.Matches("^notice=name consent=(.*,)?birthdate(,.*)? declined=email$", row.Detail);
        Assert.DoesNotContain("Ẩn", row.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_to_the_application_kept_in_the_trail_and_asked_again()
    {
        using var visit = await fixture.VisitAsync("mixed");
        ShownError.AssertSent(visit.Provider, await visit.AnswerAsync(await visit.AskAsync(Scope), "refuse"), "access_denied", "https://mixed.example/cb");
        var person = await Deed.PersonOfAsync(visit.Provider, visit.User);
        Assert.Equal(1, await visit.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.PersonId == person && e.Name == "release.refused")));
        Assert.Empty(await ProofsAsync(visit));
        Assert.True(ReleaseVisit.IsRelease(await visit.AskAsync(Scope)));
    }

    [Fact]
    public async Task What_was_left_out_stays_left_out_until_it_is_asked_for_anew()
    {
        using var visit = await fixture.VisitAsync("mixed");
        await visit.AnswerAsync(await visit.AskAsync(Scope), "agree");
        Assert.False((await visit.ClaimsAsync(await visit.AskAsync(Scope))).TryGetProperty("email", out _));
        var again = await visit.AskAsync(Scope, ("prompt", "consent"));
        Assert.Equal(["email"], ReleaseVisit.Optional(again));
        Assert.True((await visit.ClaimsAsync(await visit.AnswerAsync(again, "agree", "email"))).TryGetProperty("email", out _));
        Assert.True((await visit.ClaimsAsync(await visit.AskAsync(Scope))).TryGetProperty("email", out _));
        Assert.Equal(2, (await ProofsAsync(visit)).Count);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_withdrawal_says_what_it_does_keeps_the_proof_and_makes_the_page_come_again(Engine engine)
    {
        using var visit = await fixture.VisitAsync("mixed", engine);
        var tokens = await visit.TokensAsync(await visit.AnswerAsync(await visit.AskAsync($"{Scope} offline_access"), "agree", "email"));
        var page = await visit.Browser.GetAsync("/account/services");
        Assert.Contains("sẽ không nhận thêm thông tin của bạn. Hồ sơ đã nộp vẫn được giữ theo quy định.", page.Text, StringComparison.Ordinal);
        Assert.Contains("vẫn nhận những thông tin mà pháp luật quy định", page.Text, StringComparison.Ordinal);
        var byLaw = page.Document.QuerySelectorAll("dt").Single(d => d.TextContent == SignInPageTests.Text("acct.data_by_law"));
        Assert.Equal("Họ và tên", byLaw.NextElementSibling!.TextContent);

        await visit.Browser.SubmitAsync(page, "/account/services");

        var proof = Assert.Single(await ProofsAsync(visit));
        Assert.NotNull(proof.WithdrawnAt);
        Assert.Equal(401, (await visit.Rp.UserInfoAsync(tokens.AccessToken)).Status);
        Assert.Equal("invalid_grant", (await visit.Rp.TokenAsync(visit.Rp.Refresh(tokens.RefreshToken))).Error);
        Assert.Equal("consent_required", (await visit.Rp.AuthorizeAsync(visit.Browser, ("scope", Scope), ("prompt", "none"))).Answer["error"]);
        var again = await visit.AskAsync(Scope);
        Assert.True(ReleaseVisit.IsRelease(again));
        Assert.DoesNotContain(again.Document.QuerySelectorAll("input[type=checkbox]"), box => box.HasAttribute("checked"));
    }

    [Fact]
    public async Task An_answer_to_words_that_have_changed_since_does_not_count()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ReleaseFixture.Mixed());
        using var visit = new ReleaseVisit(provider, "mixed", await Someone.NewAsync(provider));
        var page = await visit.AskAsync(Scope);
        await provider.ImportAsync(ReleaseFixture.Mixed(purposeOfBirthdate: "bán cho người khác"));

        var second = await visit.AnswerAsync(page, "agree", "email");

        Assert.True(ReleaseVisit.IsRelease(second), second.Text);
        Assert.Contains("bán cho người khác", second.Text, StringComparison.Ordinal);
        Assert.Empty(await ProofsAsync(visit));
        Assert.NotNull((await visit.AnswerAsync(second, "agree")).LeftFor);
        Assert.Equal(2, Assert.Single(await ProofsAsync(visit)).ClientVersion);
    }

    [Fact]
    public async Task Who_was_told_because_the_law_ordered_it_has_agreed_to_nothing()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ReleaseFixture.Mixed());
        using var visit = new ReleaseVisit(provider, "mixed", await Someone.NewAsync(provider));
        await visit.AnswerAsync(await visit.AskAsync(Scope), "agree");
        Assert.NotNull((await visit.AskAsync(Scope)).LeftFor);
        await provider.ImportAsync(ReleaseFixture.Mixed(kindOfName: "consent"));
        Assert.True(ReleaseVisit.IsRelease(await visit.AskAsync(Scope)));
    }

    private static async Task<List<Consent>> ProofsAsync(ReleaseVisit visit)
    {
        var person = await Deed.PersonOfAsync(visit.Provider, visit.User);
        return await visit.Provider.InDatabaseAsync(db => db.Consents.AsNoTracking().Where(c => c.PersonId == person).OrderBy(c => c.Id).ToListAsync());
    }

    private static Task<int> VersionAsync(ReleaseVisit visit) =>
        visit.Provider.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == "client" && i.Name == "mixed").Select(i => i.Version).SingleAsync());
}
