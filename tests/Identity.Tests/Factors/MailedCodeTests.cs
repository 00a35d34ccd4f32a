using System.Text.RegularExpressions;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

/// <summary>A code by mail stands beside a password, for whoever has nothing better; it is no key of its own and no way round one.</summary>
public sealed partial class MailedCodeTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_code_from_the_proved_mailbox_and_the_password_are_two_factors(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        var page = await visitor.SignInForAsync(2);
        Assert.Equal("Xác nhận thêm một bước", page.Heading);
        Assert.Contains($"{visitor.Name[0]}•••@thu.example", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(MailedCodeSite.AddressOf(visitor), page.Html, StringComparison.Ordinal);
        // Looking at the page sends nothing.
        Assert.Equal(0, await site.MailsAsync());

        site.Mailing.Relay.IsSilent = false;
        page = await MailedCodeSite.SendAsync(visitor, page);
        await Eventually.IsTrueAsync(() => site.Mailing.Relay.Received.Any(m => m.Text.Contains("Đây là mã để đăng nhập", StringComparison.Ordinal)), "the code arrives");
        var letter = site.Mailing.Relay.Received.Single(m => m.Text.Contains("Đây là mã để đăng nhập", StringComparison.Ordinal));
        Assert.Equal([MailedCodeSite.AddressOf(visitor)], letter.Recipients);
        Assert.Contains("Có người vừa nhập đúng mật khẩu của bạn", letter.Text, StringComparison.Ordinal);
        var code = SixDigits().Match(letter.Text).Value;

        var token = await visitor.IdTokenAsync(await MailedCodeSite.TypeAsync(visitor, page, $"{code[..3]} {code[3..]}"));

        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);
        Assert.Equal(["pwd", "otp"], token.Claims.Where(c => c.Type == "amr").Select(c => c.Value));
        Assert.Equal(["mailed_code.sent", "mailed_code.used", "session.strengthened"], await site.Provider.InDatabaseAsync(db => db.AuditEvents
            .Where(a => a.Name.StartsWith("mailed_code.") || a.Name == "session.strengthened").OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync()));
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.MailedCodes.CountAsync()));
        // The person can see that one was sent.
        Assert.Contains("Một mã xác nhận đã gửi đến thư của bạn", (await visitor.OpenAsync("/account/activity")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L5_Of_ten_parallel_uses_of_one_code_one_counts_and_none_later(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        var code = await site.CodeAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visitor.Browser.SubmitAsync(page, "/step-up/mail", ("code", code))));
        Assert.Equal((1, 1), (await site.TimesAsync("mailed_code.used"), await site.TimesAsync("session.strengthened")));

        // The same form again, and a copy of all cookies with it.
        using var thief = new FactorVisitor(site.Provider, visitor.Name);
        thief.Browser.Cookies.Add(visitor.Browser.Cookies.GetAllCookies());
        foreach (var browser in (TestBrowser[])[visitor.Browser, thief.Browser]) await browser.SubmitAsync(page, "/step-up/mail", ("code", code));
        Assert.Equal(1, await site.TimesAsync("mailed_code.used"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L2_Of_many_guesses_at_once_five_are_looked_at_and_a_new_code_gives_no_new_ones(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        var code = await site.CodeAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => visitor.Browser.SubmitAsync(page, "/step-up/mail", ("code", MailedCodeSite.OtherThan(code)))));
        Assert.Equal(5, await site.TimesAsync("factor.refused"));

        // The right one comes too late, and so does the right one of the next mail.
        Assert.Contains("tạm dừng nhập mã đến", (await MailedCodeSite.TypeAsync(visitor, page, code)).Text, StringComparison.Ordinal);
        page = await MailedCodeSite.SendAsync(visitor, page);
        Assert.Contains("tạm dừng nhập mã đến", (await MailedCodeSite.TypeAsync(visitor, page, await site.CodeAsync())).Text, StringComparison.Ordinal);
        Assert.Equal(0, await site.TimesAsync("session.strengthened"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L2_Five_wrong_tries_end_a_code_even_when_the_pause_is_over(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        // Guesses on either side of the end of a quarter of an hour, which forgives them to the person and not to the code.
        var page = await site.AskedAsync(visitor);
        var code = await site.CodeAsync();
        await MailedCodeSite.TypeAsync(visitor, page, MailedCodeSite.OtherThan(code));
        site.Clock.Advance(TimeSpan.FromMinutes(9));
        page = await MailedCodeSite.SendAsync(visitor, page);
        code = await site.CodeAsync();
        for (var i = 0; i < 3; i++) page = await MailedCodeSite.TypeAsync(visitor, page, MailedCodeSite.OtherThan(code));
        site.Clock.Advance(TimeSpan.FromMinutes(7));
        for (var i = 0; i < 2; i++) page = await MailedCodeSite.TypeAsync(visitor, page, MailedCodeSite.OtherThan(code));

        page = await visitor.Browser.PostAsync($"{page.Address.AbsolutePath}/mail", Form(page, code));

        Assert.Contains("Mã này đã quá hạn", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await site.TimesAsync("session.strengthened"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L4_A_code_lives_ten_minutes_and_only_the_newest_counts(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        var first = await site.CodeAsync();
        page = await MailedCodeSite.SendAsync(visitor, page);
        var second = await site.CodeAsync();
        Assert.Contains("Mã chưa đúng", (await MailedCodeSite.TypeAsync(visitor, page, first)).Text, StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromMinutes(10.1));
        page = await MailedCodeSite.TypeAsync(visitor, page, second);
        Assert.Contains("Mã này đã quá hạn. Bấm \"Gửi mã mới\".", page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("button"), b => b.TextContent == "Gửi mã mới");
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        page = await MailedCodeSite.SendAsync(visitor, page);
        Assert.NotNull((await MailedCodeSite.TypeAsync(visitor, page, await site.CodeAsync())).LeftFor);
    }

    [Fact]
    public async Task L6_A_code_counts_only_in_the_browser_and_the_request_that_asked_for_it()
    {
        await using var site = await MailedCodeSite.StartAsync(Engine.Sqlite);
        using var other = await site.NewPersonAsync();
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        var code = await site.CodeAsync();
        // Who has the password and reads the code over a shoulder: another browser, whose own request waits for nothing.
        using var thief = new FactorVisitor(site.Provider, visitor.Name);
        var theirs = await thief.SignInForAsync(2);
        Assert.Null((await thief.Browser.PostAsync($"{theirs.Address.AbsolutePath}/mail", Form(theirs, code))).LeftFor);
        // The victim's request in the thief's browser is nobody's.
        Assert.EndsWith("/expired", (await thief.Browser.PostAsync($"{page.Address.AbsolutePath}/mail", Form(theirs, code))).Address.AbsolutePath, StringComparison.Ordinal);
        // Another tab of one's own.
        var tab = await visitor.AskForAsync(2);
        Assert.Null((await visitor.Browser.PostAsync($"{tab.Address.AbsolutePath}/mail", Form(tab, code))).LeftFor);
        // Another person who signs in at the waiting page.
        var chooser = await visitor.Browser.GetAsync($"{page.Address.AbsolutePath.Replace("/step-up", "", StringComparison.Ordinal)}?choose=true");
        var taken = await Someone.SignInAsync(visitor.Browser, chooser, other.Name);
        Assert.Null((await visitor.Browser.PostAsync($"{page.Address.AbsolutePath}/mail", Form(taken, code))).LeftFor);
        Assert.Equal(0, await site.TimesAsync("mailed_code.used"));
    }

    [Fact]
    public async Task L6_Codes_of_one_purpose_are_nothing_for_another()
    {
        await using var site = await MailedCodeSite.StartAsync(Engine.Sqlite);
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        var code = await site.CodeAsync();
        var contact = await visitor.Browser.GetAsync("/account/contact");
        contact = await visitor.Browser.SubmitAsync(contact, "/account/contact", ("address", "khac@thu.example"));
        Assert.Contains("Mã chưa đúng", (await visitor.Browser.SubmitAsync(contact, "/account/contact", ("code", code))).Text, StringComparison.Ordinal);
        // A code that proves an address opens no application.
        var proof = await Notices.ContactTests.CodeAsync(site.Mailing);
        if (proof != code) Assert.Contains("Mã chưa đúng", (await MailedCodeSite.TypeAsync(visitor, page, proof)).Text, StringComparison.Ordinal);
        // Nor is a mailed code one of an app or of paper.
        foreach (var way in (string[])["app", "codes"])
            Assert.Null((await visitor.Browser.PostAsync($"{page.Address.AbsolutePath}/{way}", Form(page, code))).LeftFor);
        Assert.Equal(0, await site.TimesAsync("session.strengthened"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L6_A_code_by_mail_is_no_way_round_a_factor_of_ones_own(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        var code = await site.CodeAsync();
        using var owner = new FactorVisitor(site.Provider, visitor.Name);
        await owner.AddAppAsync();

        // Whoever waits with a code that was sent before asks in vain, and gets no other.
        var late = await visitor.Browser.SubmitAsync(page, "/step-up/mail", ("code", code));
        Assert.Contains(late.Forms, f => f.Action.EndsWith("/step-up/app", StringComparison.Ordinal));
        Assert.DoesNotContain("@thu.example", late.Text, StringComparison.Ordinal);
        await visitor.Browser.PostAsync($"{page.Address.AbsolutePath}/mail/send", Form(page, ""));
        Assert.Equal((1, 0), (await site.MailsAsync(), await site.TimesAsync("mailed_code.used")));
        Assert.DoesNotContain("@thu.example", (await visitor.Browser.GetAsync($"{page.Address.AbsolutePath}?way=mail")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L6_An_address_that_came_after_the_sign_in_proves_nothing_in_it(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        // Whoever sits at an open browser adds an address of their own.
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await visitor.OpenAsync("/account");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.ProveAddressAsync(visitor);
        var page = await visitor.AskForAsync(2);
        Assert.Equal(0, page.Forms.Count(f => f.Action.EndsWith("/mail/send", StringComparison.Ordinal)));
        await visitor.Browser.PostAsync($"/login/{page.Address.AbsolutePath.Split('/')[2]}/step-up/mail/send", Form(page, ""));
        Assert.Equal(0, await site.MailsAsync());
        // After the next sign-in it counts.
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        visitor.Forget();
        Assert.Contains((await visitor.SignInForAsync(2)).Forms, f => f.Action.EndsWith("/mail/send", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L16_A_mailbox_shows_nobodys_presence(Engine engine)
    {
        await using var site = await MailedCodeSite.StartAsync(engine);
        using var visitor = await site.NewPersonAsync();
        await visitor.OpenAsync("/account");
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        // An open browser with an open mailbox: the application gets its two factors, the password of eleven minutes ago being one.
        var page = await site.AskedAsync(visitor);
        await visitor.IdTokenAsync(await MailedCodeSite.TypeAsync(visitor, page, await site.CodeAsync()));
        // What changes the ways to sign in, or proves the person afresh, still wants the password.
        foreach (var address in (string[])["/account/identities/passkey", "/account/identities/app", "/account/identities/codes"])
            Assert.True(Someone.AsksForPassword(await visitor.Browser.GetAsync(address)), address);
        Assert.True(Someone.AsksForPassword(await visitor.Browser.SubmitAsync(await visitor.Browser.GetAsync("/account/close"), "/account/close")));
        // And so does an application that wants the person there.
        Assert.True(Someone.AsksForPassword(await visitor.AskForAsync(1, ("max_age", "300"))));
        Assert.True(Someone.AsksForPassword(await visitor.AskForAsync(2, ("max_age", "300"))));
    }

    [Theory, InlineData("Mail:Host", ""), InlineData("Login:MailedCodes", "false")]
    public async Task Without_a_relay_or_when_it_is_switched_off_it_is_not_offered(string setting, string value)
    {
        await using var site = await MailedCodeSite.StartAsync(Engine.Sqlite, (setting, value));
        using var visitor = await site.NewPersonAsync();
        Assert.EndsWith("/enrol", (await visitor.SignInForAsync(2)).Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_read_the_mail_sets_up_something_else_on_the_way()
    {
        await using var site = await MailedCodeSite.StartAsync(Engine.Sqlite);
        using var visitor = await site.NewPersonAsync();
        var page = await visitor.SignInForAsync(2);
        var other = page.Document.QuerySelectorAll("a").Single(a => a.TextContent == "Cài một cách không cần thư").GetAttribute("href")!;
        Assert.Equal("Thêm một cách xác nhận thứ hai", (await visitor.Browser.GetAsync(other)).Heading);
    }

    [Fact]
    public async Task L7_Nobodys_mailbox_is_flooded()
    {
        await using var site = await MailedCodeSite.StartAsync(Engine.Sqlite);
        using var visitor = await site.NewPersonAsync();
        var page = await site.AskedAsync(visitor);
        for (var i = 0; i < 2; i++) page = await MailedCodeSite.SendAsync(visitor, page);
        var code = await site.CodeAsync();
        page = await MailedCodeSite.SendAsync(visitor, page);
        Assert.Contains("Đã gửi nhiều mã", page.Text, StringComparison.Ordinal);
        Assert.Equal(3, await site.MailsAsync());
        // The last one is good all the same.
        Assert.NotNull((await MailedCodeSite.TypeAsync(visitor, page, code)).LeftFor);
    }

    [Fact]
    public async Task M9_The_code_rests_as_a_digest_and_stands_in_no_log()
    {
        await using var site = await MailedCodeSite.StartAsync(Engine.Sqlite);
        using var visitor = await site.NewPersonAsync();
        await site.AskedAsync(visitor);
        var code = await site.CodeAsync();
        var row = await site.Provider.InDatabaseAsync(db => db.MailedCodes.AsNoTracking().SingleAsync());
        Assert.DoesNotContain(code, row.Digest, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Provider.Log.Lines, l => l.Contains(code, StringComparison.Ordinal) || l.Contains(MailedCodeSite.AddressOf(visitor), StringComparison.Ordinal));
    }

    private static KeyValuePair<string, string>[] Form(TestPage page, string code) =>
        [new("form", page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!), new("code", code)];

    [GeneratedRegex("^[0-9]{6}", RegexOptions.Multiline)]
    private static partial Regex SixDigits();
}
