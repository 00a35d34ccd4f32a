using Identity.Domain.Delegation;
using Identity.Tests.Delegation;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Account;

/// <summary>
/// Who finds which application on their page, and as whom they open it. <c>rp-acting</c> takes everybody, <c>rp-business</c> businesses and
/// helpers, <c>rp-office</c> officials; <c>rp</c> and the rest citizens.
/// </summary>
public sealed class LauncherTests
{
    private const string Page = "/launcher";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Each_capacity_opens_its_own_applications_and_says_what_the_others_open(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var (company, office) = (await person.OfficerAsync("Công ty TNHH Một"), await person.OfficialAsync());
        var page = await EnterAsync(person);
        Assert.Equal((true, true, false, false), Has(page));
        Assert.Contains("với tư cách cá nhân", page.Text, StringComparison.Ordinal);
        // Nothing is chosen yet, so nothing is taken along: the application itself will ask.
        Assert.Empty(page.Document.QuerySelectorAll("form[action='/launcher/open']"));

        page = await SwitchAsync(person, page, Capacity.IdOf(company));
        Assert.Equal((false, true, true, false), Has(page));
        Assert.Contains("thay mặt: Công ty TNHH Một", page.Text, StringComparison.Ordinal);

        page = await SwitchAsync(person, page, Capacity.IdOf(office));
        Assert.Equal((false, true, false, true), Has(page));
        var others = page.Document.QuerySelectorAll("details .who").Select(card => card.TextContent).ToList();
        Assert.Equal(2, others.Count);
        Assert.Contains(others, card => card.Contains("Công ty TNHH Một", StringComparison.Ordinal) && card.Contains("Mở được 3 ứng dụng", StringComparison.Ordinal));

        // In another browser the same person is themselves until they say otherwise.
        using var elsewhere = person.Provider.NewBrowser();
        Assert.Equal((true, true, false, false), Has(await Someone.SignInAsync(elsewhere, await elsewhere.GetAsync(Page), person.User)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_opened_there_gets_the_person_as_what_they_chose_and_nothing_else_does(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var company = await person.OfficerAsync("Công ty TNHH Một");
        await person.StandAsync(Identity.Domain.Organisations.AffiliationKind.Employee, Identity.Domain.Organisations.RepresentationStrength.ConfirmedByAdministrator, "Công ty TNHH Hai");
        var page = await SwitchAsync(person, await EnterAsync(person), Capacity.IdOf(company));

        var opened = await person.Browser.SubmitAsync(page, "/launcher/open", ("app", "rp-business"));

        Assert.Equal("/launcher/open", opened.Address.AbsolutePath);
        var address = $"https://rp-business.example/start?iss={Uri.EscapeDataString(person.Provider.Issuer)}";
        Assert.Equal($"0; url={address}", opened.Headers["Refresh"]);
        Assert.Equal(address, opened.Document.QuerySelector("main a.go")!.GetAttribute("href"));
        // The application begins a sign-in of its own, and is not made to ask.
        var answer = await TestRelyingParty.AgreeAsync(person.Browser, await person.AskAsync("rp-business"));
        var token = ActingPerson.Claims((await person.RedeemAsync("rp-business", answer)).IdToken);
        Assert.Equal("Công ty TNHH Một", token.GetProperty("capacity").GetProperty("organisation").GetProperty("name").GetString());
        // An application that was not opened from there asks.
        Assert.True(ActingPerson.IsChooser(await person.AskAsync("rp-acting")));
        var chosen = await person.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.PersonId == person.Id && a.Name == "capacity.chosen"));
        Assert.Equal(2, chosen);
    }

    [Fact]
    public async Task Nobody_becomes_somebody_elses_and_a_lost_capacity_is_no_choice_any_more()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        using var other = await ActingPerson.NewAsync(Engine.Sqlite);
        var (own, foreign) = (await person.OfficerAsync(), await other.OfficerAsync("Công ty TNHH Khác"));
        var page = await EnterAsync(person);
        var token = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        foreach (var id in (string[])[Capacity.IdOf(foreign), "standing:x", "", new string('x', 500)])
            Assert.Contains("với tư cách cá nhân", (await person.Browser.PostAsync(Page, [new("capacity", id), new("form", token)])).Text, StringComparison.Ordinal);

        page = await SwitchAsync(person, page, Capacity.IdOf(own));
        await person.ChangeAsync(db => db.Affiliations.Where(a => a.Id == own.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, DateTimeOffset.UtcNow)));
        // The page still shows the button; the capacity is gone, so it opens nothing.
        Assert.Equal(Page, (await person.Browser.SubmitAsync(page, "/launcher/open", ("app", "rp-business"))).Address.AbsolutePath);
        page = await person.Browser.GetAsync(Page);
        Assert.Equal((true, true, false, false), Has(page));
        Assert.DoesNotContain("Đổi tư cách", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_can_only_be_themselves_is_not_asked_who_they_are()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var page = await EnterAsync(person);
        Assert.Equal((true, true, false, false), Has(page));
        Assert.DoesNotContain("tư cách", page.Text, StringComparison.Ordinal);
        // The portal takes the e-ID only, and this person has a password.
        Assert.DoesNotContain("Cổng dịch vụ công", page.Text, StringComparison.Ordinal);
        // Machines and applications without an address to begin at are nobody's.
        Assert.DoesNotContain("Máy chủ hồ sơ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_begins_with_a_form_of_ours_and_ends_at_a_registered_address()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var company = await person.OfficerAsync();
        await SwitchAsync(person, await EnterAsync(person), Capacity.IdOf(company));
        Assert.Equal(400, (int)(await person.Browser.PostAsync($"{Page}/open", [new("app", "rp-business")])).Status);
        foreach (var app in (string[])["nobody", "https://evil.example", "spa", ""])
            Assert.Equal(Page, (await person.Browser.GetAsync($"{Page}/open?app={Uri.EscapeDataString(app)}")).Address.AbsolutePath);
    }

    private static async Task<TestPage> EnterAsync(ActingPerson person) => await Someone.SignInAsync(person.Browser, await person.Browser.GetAsync(Page), person.User);

    private static Task<TestPage> SwitchAsync(ActingPerson person, TestPage page, string capacity) => person.Browser.SubmitAsync(page, Page, ("capacity", capacity));

    private static (bool Citizens, bool Everybody, bool Business, bool Office) Has(TestPage page)
    {
        var names = page.Document.QuerySelectorAll("h3").Select(h => h.TextContent.Trim()).ToList();
        return (names.Contains("Dịch vụ rp"), names.Contains("Dịch vụ rp-acting"), names.Contains("Dịch vụ rp-business"), names.Contains("Dịch vụ rp-office"));
    }
}
