using Identity.Domain.Mail;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Login;

/// <summary>After a first sign-in, once: where may we warn you? Optional, and never where it cannot be answered (ux.md C7).</summary>
public sealed class FirstContactTests : IAsyncLifetime
{
    // Mail is configured, and the relay is away: what is owed can be read where it waits.
    private readonly FederationFixture _eid = new(Engine.Sqlite, builder => builder.Configuration.AddInMemoryCollection([new("Mail:Host", "localhost"), new("Mail:Port", "1"), new("Mail:From", "dangnhap@anbinh.example")]));

    public Task InitializeAsync() => _eid.InitializeAsync();

    public Task DisposeAsync() => _eid.DisposeAsync();

    [Fact]
    public async Task One_tap_leaves_it_out_and_it_does_not_come_again()
    {
        using var browser = _eid.NewBrowser();
        var page = await FirstAsync(browser, "an");
        Assert.Equal("Nhận thư khi có việc lạ trong tài khoản?", page.Heading);
        Assert.Contains("Bước 2 trên 2", page.Text, StringComparison.Ordinal);
        // What the e-ID said, to be left or changed.
        Assert.Equal("an@mau.example", page.Document.QuerySelector("#address")!.GetAttribute("value"));

        Assert.True((await browser.SubmitAsync(page, "/contact", ("skip", "true"))).Answer.ContainsKey("code"));

        using var again = _eid.NewBrowser();
        Assert.True((await _eid.ReturnAsync(again, "an")).Answer.ContainsKey("code"));
        Assert.Contains(SignInPageTests.Text("contact.suggest"), (await again.GetAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_from_the_mail_proves_the_address_and_the_sign_in_goes_on()
    {
        using var browser = _eid.NewBrowser();
        var page = await browser.SubmitAsync(await FirstAsync(browser, "binh"), "/contact", ("address", "khac@mau.example"));
        Assert.Contains("k•••@mau.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("Mã chưa đúng", (await browser.SubmitAsync(page, "/contact", ("code", await CodeAsync() == "000000" ? "000001" : "000000"))).Text, StringComparison.Ordinal);

        Assert.True((await browser.SubmitAsync(page, "/contact", ("code", await CodeAsync()))).Answer.ContainsKey("code"));

        Assert.Equal(1, await _eid.Provider.InDatabaseAsync(db => db.Contacts.CountAsync(c => c.ReplacedAt == null)));
        Assert.DoesNotContain(SignInPageTests.Text("contact.suggest"), (await browser.GetAsync("/account")).Text, StringComparison.Ordinal);
        // Whoever opens the address afterwards is led on.
        Assert.NotEqual(page.Heading, (await browser.GetAsync(page.Address.AbsoluteUri)).Heading);
    }

    [Fact]
    public async Task What_is_no_address_is_said_beside_the_field_and_skipping_still_works()
    {
        using var browser = _eid.NewBrowser();
        var page = await browser.SubmitAsync(await FirstAsync(browser, "trung"), "/contact", ("address", "không phải thư"));
        Assert.NotNull(page.Document.QuerySelector(".note.bad[role=alert]"));
        Assert.Equal("true", page.Document.QuerySelector("#address")!.GetAttribute("aria-invalid"));
        Assert.True((await browser.SubmitAsync(page, "/contact", ("skip", "true"))).Answer.ContainsKey("code"));
    }

    [Fact]
    public async Task On_a_shared_computer_nobody_is_asked()
    {
        using var browser = _eid.NewBrowser();
        browser.Cookies.Add(new Uri(_eid.Provider.Issuer), new System.Net.Cookie("shared-computer", "1"));
        var page = await _eid.ReturnAsync(browser, "dung");
        Assert.DoesNotContain("Bước 1 trên 2", page.Text, StringComparison.Ordinal);
        Assert.True((await browser.SubmitAsync(page, "/first", ("answer", "yes"))).Answer.ContainsKey("code"));
    }

    [Fact]
    public async Task L13_Another_browser_answers_for_nobody()
    {
        using var browser = _eid.NewBrowser();
        var page = await FirstAsync(browser, "em");
        using var other = _eid.NewBrowser();
        await _eid.Rp().AuthorizeAsync(other);
        Assert.Equal(SignInPageTests.Text("problem.wrong_browser.title"), (await other.GetAsync(page.Address.AbsoluteUri)).Heading);
        Assert.Equal(400, (int)(await other.PostAsync(page.Address.AbsoluteUri, [new("address", "ke-gian@mau.example")])).Status);
        Assert.Equal(0, await _eid.Provider.InDatabaseAsync(db => db.OutgoingMails.CountAsync(m => m.Template == MailTemplate.ContactCode.Name)));
    }

    private async Task<TestPage> FirstAsync(TestBrowser browser, string person)
    {
        var page = await _eid.ReturnAsync(browser, person);
        Assert.True(FederationFixture.IsFirst(page), page.Text);
        Assert.Contains("Bước 1 trên 2", page.Text, StringComparison.Ordinal);
        return await browser.SubmitAsync(page, "/first", ("answer", "yes"));
    }

    private async Task<string> CodeAsync()
    {
        var mail = await _eid.Provider.InDatabaseAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.Template == MailTemplate.ContactCode.Name).OrderByDescending(m => m.Id).FirstAsync());
        using var scope = _eid.Provider.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<MailQueue>().Open(mail).Values[MailTemplate.CodeValue];
    }
}
