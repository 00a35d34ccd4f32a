using System.Text.Json;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Delegation;

/// <summary>One human, several capacities: every token names the right party and the right human, and nobody is put into another's.</summary>
public sealed class ActingForTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Three_capacities_do_three_things_and_every_token_names_the_party_and_the_human(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var first = await person.OfficerAsync("Công ty TNHH Một");
        var second = await person.StandAsync(AffiliationKind.Employee, RepresentationStrength.ConfirmedByAdministrator, "Công ty TNHH Hai");
        var office = await person.OfficialAsync();

        var self = ActingPerson.Claims((await person.TokensAsync("rp-acting", Capacity.SelfId)).IdToken);
        var asFirst = await person.TokensAsync("rp-business", Capacity.IdOf(first));
        var asOfficial = ActingPerson.Claims((await person.TokensAsync("rp-office", "")).IdToken);
        var asSecond = ActingPerson.Claims((await person.TokensAsync("rp-business", Capacity.IdOf(second), ("prompt", "select_account"))).IdToken);

        Assert.False(self.TryGetProperty("act", out _));
        Assert.Equal(("citizen", "citizen"), (self.GetProperty("subject_type").GetString(), Kind(self)));
        var business = ActingPerson.Claims(asFirst.IdToken);
        Assert.Equal(("org_rep", "representative", "Công ty TNHH Một"), (business.GetProperty("subject_type").GetString(), Kind(business), Organisation(business, "name")));
        Assert.Equal(business.GetProperty("sub").GetString(), Organisation(business, "identifier"));
        Assert.Equal("Công ty TNHH Hai", Organisation(asSecond, "name"));
        Assert.NotEqual(business.GetProperty("sub").GetString(), asSecond.GetProperty("sub").GetString());
        // One human behind the two businesses, and behind the desk: rp-office is of the same sector.
        Assert.Equal(Actor(business), Actor(asSecond));
        Assert.Equal(Actor(business), Actor(asOfficial));
        Assert.Equal(("official", "official"), (asOfficial.GetProperty("subject_type").GetString(), Kind(asOfficial)));
        Assert.StartsWith("H99.", Organisation(asOfficial, "agency_code"), StringComparison.Ordinal);
        Assert.Equal("reader clerk", string.Join(' ', asOfficial.GetProperty("capacity").GetProperty("roles").EnumerateArray()));

        var userInfo = (await person.Rp("rp-business").UserInfoAsync(asFirst.AccessToken)).Json;
        Assert.Equal(business.GetProperty("sub").GetString(), userInfo.GetProperty("sub").GetString());
        // The human's name speaks of the human, and stands there.
        Assert.False(userInfo.TryGetProperty("name", out _));
        Assert.Equal("Nguyễn Thị Ẩn", userInfo.GetProperty("act").GetProperty("name").GetString());
        Assert.NotNull(office);
    }

    [Fact]
    public async Task An_access_token_says_little_lives_five_minutes_and_introspection_says_the_rest()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        var reply = await person.TokensAsync("rp-acting", Capacity.IdOf(standing), ("scope", "openid dossier.read"));
        var access = ActingPerson.Claims(reply.AccessToken);
        Assert.Equal(300, access.GetProperty("exp").GetInt64() - access.GetProperty("iat").GetInt64());
        Assert.Equal(300, reply.Json.GetProperty("expires_in").GetInt32());
        Assert.False(access.GetProperty("capacity").GetProperty("organisation").TryGetProperty("name", out _));
        Assert.Equal(Actor(ActingPerson.Claims(reply.IdToken)), Actor(access));

        var described = (await new TestRelyingParty(person.Provider, "api", "").PostAsync("/connect/introspect", new() { ["token"] = reply.AccessToken })).Json;

        Assert.Equal(("Công ty TNHH Mẫu", "registered_officer"), (Organisation(described, "name"), described.GetProperty("capacity").GetProperty("strength").GetString()));
        Assert.Equal(Actor(access), Actor(described));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nothing_is_chosen_beforehand_and_a_send_without_a_choice_comes_back_with_a_summary(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var standing = await person.OfficerAsync();
        var page = await person.AskAsync("rp-acting");
        Assert.Equal([Capacity.SelfId, Capacity.IdOf(standing)], ActingPerson.Offered(page));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("input[type=radio]"), radio => radio.HasAttribute("checked"));

        page = await person.Browser.SubmitAsync(page, "/acting-for");

        Assert.True(ActingPerson.IsChooser(page));
        Assert.NotNull(page.Document.QuerySelector(".note.bad[role=alert][autofocus]"));
        Assert.Equal("#c0", page.Document.QuerySelector(".note.bad a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Who_has_one_way_only_is_not_asked()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        Assert.NotNull((await person.AskAsync("rp-acting")).LeftFor);
    }

    [Fact]
    public async Task The_wrong_capacity_is_refused_by_the_declaration_of_the_application_with_the_reason()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var company = await person.OfficerAsync();
        await person.OfficialAsync();
        var page = await person.AskAsync("rp-business");
        // One way is left at this application, so nothing is asked; the other two cannot be had by asking for them.
        Assert.Equal("/login", page.Address.AbsolutePath[..6]);
        Assert.Contains("Công ty TNHH Mẫu", page.Text, StringComparison.Ordinal);

        using var official = await ActingPerson.NewAsync(Engine.Sqlite);
        await official.OfficialAsync();
        var none = await official.AskAsync("rp-business");
        Assert.EndsWith("/acting-for/missing", none.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("không nhận tư cách này", none.Text, StringComparison.Ordinal);
        Assert.Contains("Sở Mẫu", none.Text, StringComparison.Ordinal);
        Assert.NotNull(company);
    }

    [Theory]
    [InlineData("standing:00000000000000000000000000000000")]
    [InlineData("mandate:ffffffffffffffffffffffffffffffff")]
    [InlineData("standing:'; DROP TABLE grants; --")]
    [InlineData("admin")]
    public async Task A_forged_capacity_is_not_taken(string capacity)
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        await person.OfficerAsync();
        Assert.True(ActingPerson.IsChooser(await person.ChooseAsync(await person.AskAsync("rp-acting"), capacity)));
    }

    [Fact]
    public async Task Another_persons_capacity_is_not_taken()
    {
        using var owner = await ActingPerson.NewAsync(Engine.Sqlite);
        using var thief = await ActingPerson.NewAsync(Engine.Sqlite);
        var theirs = await owner.OfficerAsync();
        var mandate = await owner.GiveAsync(owner.Provider is null ? thief : await ActingPerson.NewAsync(owner.Provider));
        await thief.OfficerAsync();
        var page = await thief.AskAsync("rp-acting");
        Assert.True(ActingPerson.IsChooser(await thief.ChooseAsync(page, Capacity.IdOf(theirs))));
        Assert.True(ActingPerson.IsChooser(await thief.ChooseAsync(page, Capacity.IdOf(mandate))));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_tabs_choose_two_parties_and_each_gets_its_own(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var (one, two) = (await person.OfficerAsync("Công ty Một"), await person.OfficerAsync("Công ty Hai"));
        var left = await person.AskAsync("rp-acting");
        var right = await person.AskAsync("rp-acting");

        var answerOne = await person.ChooseAsync(left, Capacity.IdOf(one));
        var answerTwo = await person.ChooseAsync(right, Capacity.IdOf(two));
        var tokensTwo = ActingPerson.Claims((await person.RedeemAsync("rp-acting", answerTwo)).IdToken);
        var tokensOne = ActingPerson.Claims((await person.RedeemAsync("rp-acting", answerOne)).IdToken);

        Assert.Equal(("Công ty Một", "Công ty Hai"), (Organisation(tokensOne, "name"), Organisation(tokensTwo, "name")));
        Assert.Equal(tokensOne.GetProperty("sid").GetString(), tokensTwo.GetProperty("sid").GetString());
        // The visit has no single subject any more; its logout names the session alone.
        Assert.Equal("", await person.Provider.InDatabaseAsync(db => db.SessionParticipants.Where(p => p.Sid == tokensOne.GetProperty("sid").GetString()).Select(p => p.Subject).SingleAsync()));
    }

    [Fact]
    public async Task The_choice_is_taken_up_in_silence_within_the_session_and_asked_again_in_the_next()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        Assert.Equal("login_required", (await person.Rp("rp-acting").AuthorizeAsync(person.Browser, ("prompt", "none"))).Answer["error"]);
        var tokens = await person.TokensAsync("rp-acting", Capacity.IdOf(standing));

        var silent = await person.AskAsync("rp-acting", ("prompt", "none"));
        Assert.Equal(Subject(tokens.IdToken), Subject((await person.RedeemAsync("rp-acting", silent)).IdToken));
        // The next application asks for itself.
        Assert.Equal("interaction_required", (await person.AskAsync("rp-business", ("prompt", "none"), ("scope", "openid"))).Answer.GetValueOrDefault("error") ?? "interaction_required");
        // Signing in again is another session.
        var again = await person.AskAsync("rp-acting", ("prompt", "login"));
        Assert.True(ActingPerson.IsChooser(again), again.Text);
    }

    [Fact]
    public async Task Switching_needs_no_new_sign_in()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        var before = Subject((await person.TokensAsync("rp-acting", Capacity.SelfId)).IdToken);
        var page = await person.AskAsync("rp-acting", ("prompt", "select_account"));
        Assert.True(ActingPerson.IsChooser(page), page.Text);
        var after = ActingPerson.Claims((await person.RedeemAsync("rp-acting", await person.ChooseAsync(page, Capacity.IdOf(standing)))).IdToken);
        Assert.NotEqual(before, after.GetProperty("sub").GetString());
        Assert.Equal(before, Actor(after));
    }

    [Fact]
    public async Task Without_a_page_a_choice_that_is_due_is_an_error_for_the_application()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        await person.Rp("rp").CodeAsync(person.Browser, person.User);
        ShownError.AssertSent(person.Provider, await person.AskAsync("rp-acting", ("prompt", "none")), "interaction_required", "https://rp-acting.example/cb");

        await person.TokensAsync("rp-acting", Capacity.IdOf(standing));
        // The chosen one is gone; the one that is left must not slip into its place.
        await person.ChangeAsync(db => db.Affiliations.Where(a => a.Id == standing.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.SuspendedAt, DateTimeOffset.UtcNow)));
        ShownError.AssertSent(person.Provider, await person.AskAsync("rp-acting", ("prompt", "none")), "interaction_required", "https://rp-acting.example/cb");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L19_A_suspended_capacity_ends_refresh_userinfo_and_introspection_at_once_and_leaves_the_citizen_alone(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var standing = await person.OfficerAsync();
        const string Scope = "openid profile offline_access dossier.read";
        var self = await person.TokensAsync("rp-acting", Capacity.SelfId, ("scope", Scope));
        var company = await person.TokensAsync("rp-acting", Capacity.IdOf(standing), ("scope", Scope), ("prompt", "select_account"));
        var renewed = await person.Rp("rp-acting").TokenAsync(person.Rp("rp-acting").Refresh(company.RefreshToken));
        Assert.Equal(Subject(company.IdToken), Subject(renewed.IdToken));

        await person.ChangeAsync(db => db.Affiliations.Where(a => a.Id == standing.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.SuspendedAt, DateTimeOffset.UtcNow)));

        var api = new TestRelyingParty(person.Provider, "api", "");
        foreach (var token in (string[])[renewed.AccessToken, renewed.RefreshToken])
            Assert.Equal("""{"active":false}""", (await api.PostAsync("/connect/introspect", new() { ["token"] = token })).Body);
        Assert.Equal(401, (await person.Rp("rp-acting").UserInfoAsync(renewed.AccessToken)).Status);
        Assert.Equal("invalid_grant", (await person.Rp("rp-acting").TokenAsync(person.Rp("rp-acting").Refresh(renewed.RefreshToken))).Error);
        Assert.Equal(200, (await person.Rp("rp-acting").UserInfoAsync(self.AccessToken)).Status);
        Assert.Equal(200, (await person.Rp("rp-acting").TokenAsync(person.Rp("rp-acting").Refresh(self.RefreshToken))).Status);
    }

    [Fact]
    public async Task A_capacity_that_is_lost_between_code_and_token_opens_nothing()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        var answer = await person.ChooseAsync(await person.AskAsync("rp-acting"), Capacity.IdOf(standing));
        await person.ChangeAsync(db => db.Organisations.Where(o => o.Id == standing.OrganisationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OrganisationState.Dissolved)));
        Assert.Equal("invalid_grant", (await person.Rp("rp-acting").TokenAsync(person.Rp("rp-acting").Exchange(answer.Answer["code"]))).Error);
    }

    [Fact]
    public async Task A_hint_of_a_company_finds_the_human_and_insists_on_the_company()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        var hint = (await person.TokensAsync("rp-acting", Capacity.IdOf(standing))).IdToken;
        Assert.Equal(Subject(hint), Subject((await person.RedeemAsync("rp-acting", await person.AskAsync("rp-acting", ("prompt", "none"), ("id_token_hint", hint)))).IdToken));

        var switched = await person.ChooseAsync(await person.AskAsync("rp-acting", ("prompt", "select_account")), Capacity.SelfId);
        Assert.True(switched.Answer.ContainsKey("code"));
        Assert.Equal("interaction_required", (await person.AskAsync("rp-acting", ("prompt", "none"), ("id_token_hint", hint))).Answer["error"]);
        // On the page the person may still choose; the application then learns that it is not whom it insisted on.
        var page = await person.AskAsync("rp-acting", ("id_token_hint", hint));
        Assert.Equal("login_required", (await person.ChooseAsync(page, Capacity.SelfId)).Answer["error"]);
    }

    [Fact]
    public async Task A_wish_for_a_capacity_never_chooses_it_for_the_person()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var standing = await person.OfficerAsync();
        var code = await person.Provider.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == standing.OrganisationId).Select(o => o.TaxCode).SingleAsync());
        Assert.True(ActingPerson.IsChooser(await person.AskAsync("rp-acting", ("capacity", code))));
        await person.TokensAsync("rp-acting", Capacity.IdOf(standing), ("capacity", code));
        Assert.True((await person.AskAsync("rp-acting", ("capacity", code), ("prompt", "none"))).Answer.ContainsKey("code"));
        Assert.Equal("interaction_required", (await person.AskAsync("rp-acting", ("capacity", Capacity.SelfId), ("prompt", "none"))).Answer["error"]);
    }

    [Fact]
    public async Task A_citizen_only_application_sees_no_trace_of_any_of_this()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        await person.OfficerAsync();
        var tokens = await person.Rp("rp").TokensAsync(person.Browser, person.User);
        foreach (var claims in (JsonElement[])[ActingPerson.Claims(tokens.IdToken), ActingPerson.Claims(tokens.AccessToken), (await person.Rp("rp").UserInfoAsync(tokens.AccessToken)).Json])
            Assert.DoesNotContain(claims.EnumerateObject(), c => c.Name is "act" or "capacity" or "subject_type");
    }

    [Fact]
    public async Task The_release_page_shows_both_the_company_and_the_human()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        await person.OfficerAsync("Công ty TNHH Mẫu Bảy");
        var page = await person.AskAsync("rp-business");
        Assert.EndsWith("/release", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Bạn đang làm việc thay mặt: Công ty TNHH Mẫu Bảy", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nguyễn Thị Ẩn", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_has_a_search_that_needs_no_script()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        for (var i = 1; i <= 8; i++) await person.OfficerAsync($"Hợp tác xã Đồng Tiến {i}");
        var page = await person.AskAsync("rp-acting");
        Assert.NotNull(page.Document.QuerySelector("form[method=get] input[name=q]"));
        page = await person.Browser.GetAsync($"{page.Address.AbsolutePath}?q={Uri.EscapeDataString("dong tien 3")}");
        Assert.Single(ActingPerson.Offered(page));
    }

    private static string Kind(JsonElement claims) => claims.GetProperty("capacity").GetProperty("kind").GetString()!;

    private static string Organisation(JsonElement claims, string member) => claims.GetProperty("capacity").GetProperty("organisation").GetProperty(member).GetString()!;

    private static string Actor(JsonElement claims) => claims.GetProperty("act").GetProperty("sub").GetString()!;

    private static string Subject(string token) => ActingPerson.Claims(token).GetProperty("sub").GetString()!;
}
