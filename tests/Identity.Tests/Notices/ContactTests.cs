using System.Text.RegularExpressions;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Tests.Harness;
using Identity.Tests.MailOut;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Notices;

/// <summary>An address becomes a contact by a code that comes back in the session which asked, and by nothing else.</summary>
public sealed partial class ContactTests
{
    private const string Page = "/account/contact";

    public static TheoryData<Engine> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public async Task A_code_from_the_mail_proves_the_address(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine);
        using var browser = await SignedInAsync(mailing);
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), Page, ("address", " an.moi@mau.example "));
        Assert.Contains("a•••@mau.example", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("an.moi@mau.example", page.Text, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => mailing.Relay.Received.Any(m => m.Recipients.Contains("an.moi@mau.example")), "the code arrives");
        var code = SixDigits().Match(mailing.Relay.Received.Last(m => m.Recipients.Contains("an.moi@mau.example")).Text).Value;
        page = await browser.SubmitAsync(page, Page, ("code", $"{code[..3]} {code[3..]}"));
        Assert.Contains("Đã xác nhận địa chỉ thư.", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await mailing.Provider.InDatabaseAsync(db => db.Contacts.CountAsync(c => c.ReplacedAt == null)));
        Assert.Equal(["contact.code_sent", "contact.verified"], await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name.StartsWith("contact.")).OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync()));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task L2_Of_many_tries_at_once_only_the_limit_is_looked_at(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        using var browser = await SignedInAsync(mailing);
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), Page, ("address", "an@mau.example"));
        var code = await CodeAsync(mailing);
        var wrong = code == "000000" ? "000001" : "000000";
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.SubmitAsync(page, Page, ("code", wrong))));
        Assert.Equal(5, tries.Count(t => t.Text.Contains("Mã chưa đúng", StringComparison.Ordinal)));
        // The right one comes too late.
        Assert.Contains("quá hạn hoặc đã thử nhiều lần", (await browser.SubmitAsync(page, Page, ("code", code))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await mailing.Provider.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task L8_A_code_counts_once_in_its_session_for_its_address_and_in_its_time(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        using var browser = await SignedInAsync(mailing);
        using var thief = await SignedInAsync(mailing, "binh");
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), Page, ("address", "an@mau.example"));
        var code = await CodeAsync(mailing);
        // Another person's session, with a code of its own on the way.
        var elsewhere = await thief.SubmitAsync(await thief.GetAsync(Page), Page, ("address", "trom@mau.example"));
        Assert.Contains("Mã chưa đúng", (await thief.SubmitAsync(elsewhere, Page, ("code", code))).Text, StringComparison.Ordinal);
        // Another address: the first code is forgotten.
        var changed = await browser.SubmitAsync(page, Page, ("address", "khac@mau.example"));
        Assert.Contains("Mã chưa đúng", (await browser.SubmitAsync(changed, Page, ("code", code))).Text, StringComparison.Ordinal);
        var second = await CodeAsync(mailing);
        mailing.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Contains("quá hạn", (await browser.SubmitAsync(changed, Page, ("code", second))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await mailing.Provider.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    [Fact]
    public async Task L7_Nobody_s_mailbox_is_flooded()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        using var browser = await SignedInAsync(mailing);
        var page = await browser.GetAsync(Page);
        for (var i = 0; i < 3; i++) page = await browser.SubmitAsync(page, Page, ("address", "nan-nhan@mau.example"));
        Assert.Contains("Đã gửi nhiều mã", (await browser.SubmitAsync(page, Page, ("address", "NAN-NHAN@mau.example"))).Text, StringComparison.Ordinal);
        using var other = await SignedInAsync(mailing, "binh");
        Assert.Contains("Đã gửi nhiều mã", (await other.SubmitAsync(await other.GetAsync(Page), Page, ("address", "nan-nhan@mau.example"))).Text, StringComparison.Ordinal);
        Assert.Equal(3, await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.CountAsync(m => m.Template == MailTemplate.ContactCode.Name)));
    }

    [Theory, InlineData("an"), InlineData("an@mau.example, b@mau.example"), InlineData("<script>@mau.example")]
    public async Task What_is_no_address_is_said_so_beside_the_field(string typed)
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        using var browser = await SignedInAsync(mailing);
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), Page, ("address", typed));
        Assert.Equal(2, page.Text.Split("Nhập một địa chỉ thư").Length - 1);
        Assert.Equal(0, await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.CountAsync()));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_removed_address_is_told_of_it(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        using var browser = await SignedInAsync(mailing);
        await ProveAsync(mailing, browser, "an@mau.example");
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), Page, ("remove", "true"));
        Assert.Contains("Đã bỏ địa chỉ thư.", page.Text, StringComparison.Ordinal);
        var told = await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.Where(m => m.Template == "notice.contact_changed").OrderBy(m => m.CreatedAt).ToListAsync());
        using var scope = mailing.Provider.Services.CreateScope();
        Assert.Contains("an@mau.example", told.TakeLast(2).Select(m => scope.ServiceProvider.GetRequiredService<MailQueue>().Open(m).Recipient));
    }

    [Fact]
    public async Task The_language_goes_with_the_person_and_yields_to_what_this_browser_has_chosen()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        using var browser = await SignedInAsync(mailing);
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), Page, ("language", "en"));
        Assert.Contains("The language was saved.", page.Text, StringComparison.Ordinal);
        using var elsewhere = await SignedInAsync(mailing);
        Assert.Equal("Language and contact", (await elsewhere.GetAsync(Page)).Heading);
        using var vietnamese = mailing.Provider.NewBrowser();
        await vietnamese.GetAsync("/?lang=vi");
        await TestRelyingParty.Of(mailing.Provider).TokensAsync(vietnamese);
        Assert.Equal("Ngôn ngữ và liên hệ", (await vietnamese.GetAsync(Page)).Heading);
        // Letters follow: one language now.
        await NoticeTests.TellAsync(mailing, "lan", NoticeKind.MethodRemoved, NoticeFacts.None);
        Assert.Equal("en", await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.Where(m => m.Template == "notice.method_removed").Select(m => m.Language).SingleAsync()));
    }

    internal static async Task ProveAsync(MailingProvider mailing, TestBrowser browser, string address)
    {
        var page = await browser.GetAsync(Page);
        page = await browser.PostAsync(Page, [new("address", address), new("form", page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!)]);
        page = await browser.SubmitAsync(page, Page, ("code", await CodeAsync(mailing)));
        Assert.Contains("Đã xác nhận địa chỉ thư.", page.Text, StringComparison.Ordinal);
    }

    private static async Task<TestBrowser> SignedInAsync(MailingProvider mailing, string user = "lan")
    {
        var browser = mailing.Provider.NewBrowser();
        await TestRelyingParty.Of(mailing.Provider).TokensAsync(browser, user);
        return browser;
    }

    /// <summary>The newest code, read as the mail will say it.</summary>
    internal static async Task<string> CodeAsync(MailingProvider mailing)
    {
        var mail = await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.Template == MailTemplate.ContactCode.Name).OrderByDescending(m => m.Id).FirstAsync());
        using var scope = mailing.Provider.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<MailQueue>().Open(mail).Values[MailTemplate.CodeValue];
    }

    [GeneratedRegex("^[0-9]{6}", RegexOptions.Multiline)]
    private static partial Regex SixDigits();
}
