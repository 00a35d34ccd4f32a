using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Delegation;

/// <summary>Rights that one person hands to another: narrower at each step, gone with the step above, and never more than was given.</summary>
public sealed class MandateTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_helper_acts_for_a_person_and_both_see_it(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        using var helper = await ActingPerson.NewAsync(person.Provider);
        var mandate = await person.GiveAsync(helper, services: "rp-acting", parameters: """{"dossier":"HS-2026-0001"}""");

        var tokens = await helper.TokensAsync("rp-acting", Capacity.IdOf(mandate));
        var claims = ActingPerson.Claims(tokens.IdToken);
        var own = ActingPerson.Claims((await person.TokensAsync("rp-acting", Capacity.SelfId)).IdToken);

        // The helped person is known by the identifier they have when they come themselves.
        Assert.Equal(own.GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
        var capacity = (await helper.Rp("rp-acting").UserInfoAsync(tokens.AccessToken)).Json.GetProperty("capacity");
        Assert.Equal("helper", capacity.GetProperty("kind").GetString());
        Assert.Equal("Nguyễn Thị Ẩn", capacity.GetProperty("person").GetProperty("name").GetString());
        Assert.Equal(mandate.Id.ToString(), capacity.GetProperty("mandate").GetString());
        Assert.Equal("HS-2026-0001", capacity.GetProperty("parameters").GetProperty("dossier").GetString());
        Assert.Equal("HS-2026-0001", ActingPerson.Claims(tokens.AccessToken).GetProperty("capacity").GetProperty("parameters").GetProperty("dossier").GetString());
        var told = await person.Provider.InDatabaseAsync(db => db.AuditEvents.Where(e => e.PersonId == person.Id && e.Detail!.Contains(mandate.Id.ToString())).Select(e => e.Name).ToListAsync());
        Assert.Contains("mandate.first_used", told);
        Assert.Contains("mandate.used", told);
    }

    [Fact]
    public async Task A_mandate_for_one_service_opens_no_other()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        using var helper = await ActingPerson.NewAsync(person.Provider);
        var mandate = await person.GiveAsync(helper, services: "rp-acting");
        var page = await helper.AskAsync("rp-business");
        Assert.EndsWith("/missing", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("không ghi", page.Text, StringComparison.Ordinal);
        page = await helper.Browser.GetAsync(page.Address.AbsolutePath.Replace("/missing", "", StringComparison.Ordinal));
        Assert.DoesNotContain(Capacity.IdOf(mandate), ActingPerson.Offered(page));
    }

    [Fact]
    public async Task Before_the_yes_there_is_nothing_and_after_a_no_neither()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        using var helper = await ActingPerson.NewAsync(person.Provider);
        var given = Assert.IsType<MandateOutcome.Given>(await person.OfficeAsync(o => o.GiveAsync(person.Terms(helper, Capacity.SelfId), accepted: false, CancellationToken.None))).Mandate;
        Assert.NotNull((await helper.AskAsync("rp-acting")).LeftFor);

        var page = await helper.Browser.GetAsync("/account/acting-for");
        Assert.Contains("Nguyễn Thị Ẩn", page.Text, StringComparison.Ordinal);
        await helper.Browser.SubmitAsync(page, "/account/acting-for");
        Assert.True(ActingPerson.IsChooser(await helper.AskAsync("rp-acting", ("prompt", "select_account"))));
        await helper.OfficeAsync(o => o.WithdrawAsync(given.Id, helper.Id, CancellationToken.None));
        Assert.False(await helper.OfficeAsync(o => o.AcceptAsync(given.Id, helper.Id, CancellationToken.None)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_taken_back_in_the_middle_of_a_chain_ends_everything_below_it_and_nothing_above(Engine engine)
    {
        using var officer = await ActingPerson.NewAsync(engine);
        using var accountant = await ActingPerson.NewAsync(officer.Provider);
        using var clerk = await ActingPerson.NewAsync(officer.Provider);
        using var temp = await ActingPerson.NewAsync(officer.Provider);
        var standing = await officer.OfficerAsync();
        var first = await officer.GiveAsync(accountant, Capacity.IdOf(standing), "rp-acting rp-business", steps: 2);
        var second = await accountant.GiveAsync(clerk, Capacity.IdOf(first), "rp-acting", steps: 1);
        var third = await clerk.GiveAsync(temp, Capacity.IdOf(second), "rp-acting");
        const string Scope = "openid offline_access";
        var above = await accountant.TokensAsync("rp-acting", Capacity.IdOf(first), ("scope", Scope));
        var below = await temp.TokensAsync("rp-acting", Capacity.IdOf(third), ("scope", Scope));
        Assert.Equal(ActingPerson.Claims(above.IdToken).GetProperty("sub").GetString(), ActingPerson.Claims(below.IdToken).GetProperty("sub").GetString());

        // The officer reaches over the accountant's head.
        Assert.True(await officer.OfficeAsync(o => o.WithdrawAsync(second.Id, officer.Id, CancellationToken.None)));

        Assert.Equal("invalid_grant", (await temp.Rp("rp-acting").TokenAsync(temp.Rp("rp-acting").Refresh(below.RefreshToken))).Error);
        Assert.Equal(401, (await temp.Rp("rp-acting").UserInfoAsync(below.AccessToken)).Status);
        Assert.Equal(200, (await accountant.Rp("rp-acting").TokenAsync(accountant.Rp("rp-acting").Refresh(above.RefreshToken))).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_chain_ends_with_the_standing_it_began_at_though_no_row_of_it_was_touched(Engine engine)
    {
        using var officer = await ActingPerson.NewAsync(engine);
        using var accountant = await ActingPerson.NewAsync(officer.Provider);
        var standing = await officer.OfficerAsync();
        var mandate = await officer.GiveAsync(accountant, Capacity.IdOf(standing));
        var tokens = await accountant.TokensAsync("rp-acting", Capacity.IdOf(mandate), ("scope", "openid offline_access"));
        await officer.ChangeAsync(db => db.Affiliations.Where(a => a.Id == standing.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, DateTimeOffset.UtcNow)));
        Assert.Equal("invalid_grant", (await accountant.Rp("rp-acting").TokenAsync(accountant.Rp("rp-acting").Refresh(tokens.RefreshToken))).Error);
    }

    [Fact]
    public async Task Who_has_nothing_can_give_nothing()
    {
        using var owner = await ActingPerson.NewAsync(Engine.Sqlite);
        using var stranger = await ActingPerson.NewAsync(owner.Provider);
        using var friend = await ActingPerson.NewAsync(owner.Provider);
        var officer = await owner.OfficerAsync();
        var employee = await stranger.StandAsync(AffiliationKind.Employee, RepresentationStrength.ConfirmedByAdministrator);
        var last = await owner.GiveAsync(stranger, Capacity.IdOf(officer));
        foreach (var from in (string[])[Capacity.IdOf(officer), Capacity.IdOf(employee), Capacity.IdOf(last), "standing:x", "mandate:00000000000000000000000000000000"])
            Assert.IsType<MandateOutcome.Refused>(await stranger.OfficeAsync(o => o.GiveAsync(stranger.Terms(friend, from), accepted: true, CancellationToken.None)));
    }

    [Fact]
    public async Task Nobody_else_may_take_a_mandate_back_or_accept_it()
    {
        using var owner = await ActingPerson.NewAsync(Engine.Sqlite);
        using var helper = await ActingPerson.NewAsync(owner.Provider);
        using var stranger = await ActingPerson.NewAsync(owner.Provider);
        var given = Assert.IsType<MandateOutcome.Given>(await owner.OfficeAsync(o => o.GiveAsync(owner.Terms(helper, Capacity.SelfId), accepted: false, CancellationToken.None))).Mandate;
        Assert.False(await stranger.OfficeAsync(o => o.AcceptAsync(given.Id, stranger.Id, CancellationToken.None)));
        Assert.False(await stranger.OfficeAsync(o => o.WithdrawAsync(given.Id, stranger.Id, CancellationToken.None)));
        Assert.True(await helper.OfficeAsync(o => o.AcceptAsync(given.Id, helper.Id, CancellationToken.None)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_invitation_by_code_and_name_makes_a_helper_who_can_lay_it_down_again(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        using var helper = await ActingPerson.NewAsync(person.Provider);
        await person.Rp("rp").CodeAsync(person.Browser, person.User);
        await helper.Rp("rp").CodeAsync(helper.Browser, helper.User);
        var code = await InviteAsync(person, "self", "NGUYEN THI AN");

        var offer = await EnterAsync(helper, code);
        Assert.Contains("Nguyễn Thị Ẩn", offer.Text, StringComparison.Ordinal);
        await helper.Browser.SubmitAsync(offer, "/invitation", ("answer", "yes"));

        Assert.True(ActingPerson.IsChooser(await helper.AskAsync("rp-acting")));
        Assert.Contains("Mã chưa đúng", (await EnterAsync(helper, code)).Text, StringComparison.Ordinal);
        await helper.Browser.SubmitAsync(await helper.Browser.GetAsync("/account/acting-for"), "/account/acting-for");
        Assert.NotNull((await helper.AskAsync("rp-acting")).LeftFor);
    }

    [Fact]
    public async Task L17_A_code_in_the_hands_of_another_name_opens_nothing_and_says_nothing()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        using var finder = await ActingPerson.NewAsync(person.Provider);
        await person.Rp("rp").CodeAsync(person.Browser, person.User);
        await finder.Rp("rp").CodeAsync(finder.Browser, finder.User);
        var code = await InviteAsync(person, "self", "Trần Văn Khác");
        var (right, wrong) = (await EnterAsync(finder, code), await EnterAsync(finder, "ABCD-EFGH-2345"));
        Assert.Equal(wrong.Text, right.Text);
        Assert.DoesNotContain("Khác", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_invites_an_employee_and_either_side_may_end_it()
    {
        using var officer = await ActingPerson.NewAsync(Engine.Sqlite);
        using var employee = await ActingPerson.NewAsync(officer.Provider);
        var standing = await officer.OfficerAsync("Công ty TNHH Mời");
        await officer.Rp("rp").CodeAsync(officer.Browser, officer.User);
        await employee.Rp("rp").CodeAsync(employee.Browser, employee.User);
        var code = await InviteAsync(officer, Capacity.IdOf(standing), "Nguyễn Thị Ẩn", ("kind", "Employee"), ("position", "Kế toán"));
        await employee.Browser.SubmitAsync(await EnterAsync(employee, code), "/invitation", ("answer", "yes"));

        var page = await employee.AskAsync("rp-acting");
        var capacity = ActingPerson.Offered(page).Last();
        var tokens = await employee.RedeemAsync("rp-acting", await employee.ChooseAsync(page, capacity));
        Assert.Equal("invitation", ActingPerson.Claims(tokens.IdToken).GetProperty("capacity").GetProperty("source").GetString());
        Assert.Contains("Kế toán", page.Text, StringComparison.Ordinal);

        var who = await officer.Browser.GetAsync("/account/acting-for");
        Assert.Contains("Công ty TNHH Mời", who.Text, StringComparison.Ordinal);
        var form = who.Forms.Single(f => f.QuerySelector("input[value=EndStanding]") is not null);
        await officer.Browser.PostAsync("/account/acting-for", form.Elements.OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value)));
        Assert.Equal(401, (await employee.Rp("rp-acting").UserInfoAsync(tokens.AccessToken)).Status);
    }

    [Fact]
    public async Task Foreign_ids_in_the_form_of_the_account_page_change_nothing()
    {
        using var owner = await ActingPerson.NewAsync(Engine.Sqlite);
        using var helper = await ActingPerson.NewAsync(owner.Provider);
        using var stranger = await ActingPerson.NewAsync(owner.Provider);
        var mandate = await owner.GiveAsync(helper);
        await stranger.GiveAsync(helper);
        await stranger.Rp("rp").CodeAsync(stranger.Browser, stranger.User);
        var page = await stranger.Browser.GetAsync("/account/acting-for");
        var fields = page.Forms.Single(f => f.QuerySelector("input[value=EndMandate]") is not null).Elements.OfType<AngleSharp.Html.Dom.IHtmlInputElement>().ToDictionary(i => i.Name!, i => i.Value);
        foreach (var deed in (string[])["EndMandate", "EndStanding", "EndInvitation", "Accept"])
            await stranger.Browser.PostAsync("/account/acting-for", new Dictionary<string, string>(fields) { ["id"] = mandate.Id.ToString(), ["deed"] = deed });
        Assert.True(await owner.Provider.InDatabaseAsync(db => db.Mandates.AnyAsync(m => m.Id == mandate.Id && m.EndedAt == null)));
    }

    private static async Task<string> InviteAsync(ActingPerson inviter, string from, string name, params (string Name, string Value)[] more)
    {
        var page = await inviter.Browser.GetAsync($"/account/acting-for/invite?from={from}");
        page = await inviter.Browser.SubmitAsync(page, "/invite", [("name", name), ("services", "rp-acting"), ("until", DateTime.UtcNow.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), .. more]);
        return page.Document.QuerySelector("code.copy")?.TextContent ?? throw new InvalidOperationException(page.Text);
    }

    private static async Task<TestPage> EnterAsync(ActingPerson person, string code) =>
        await person.Browser.SubmitAsync(await person.Browser.GetAsync("/account/acting-for/invitation"), "/invitation", ("code", code));
}
