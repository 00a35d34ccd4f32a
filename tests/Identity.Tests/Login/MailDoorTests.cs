using System.Net;
using Identity.Tests.Connectors;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>The civil servants' door, from the address to the application (ux.md O1, O2, F16), against real servers.</summary>
[Collection(MailServersCollection.Name)]
public sealed class MailDoorTests(MailServers servers)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_official_signs_in_by_the_mailbox_and_stays_the_same_person(Engine engine)
    {
        await using var door = await MailDoorFixture.StartAsync(servers, engine);
        using var browser = door.Provider.NewBrowser();
        var page = await door.ToPasswordAsync(browser, " NVA@mau.example ");
        Assert.Equal("Nhập mật khẩu thư công vụ", page.Heading);
        Assert.Contains("Thư thu", page.Text, StringComparison.Ordinal);
        page = await MailDoorFixture.PasswordAsync(browser, page, "nva@mau.example", "nva-secret");
        Assert.Equal("Đây có phải là bạn không?", page.Heading);
        foreach (var shown in (string[])["Nguyễn Văn An", "nva@mau.example", "Phòng Một cửa", "Chuyên viên", "CB0001"]) Assert.Contains(shown, page.Text, StringComparison.Ordinal);
        page = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        var first = TestReply.Read((await door.Rp.TokenAsync(door.Rp.Exchange(page.Answer["code"]))).IdToken);
        Assert.Equal("urn:vn:eid:auth:1", first.GetClaim("acr").Value);
        Assert.Equal("pwd", first.GetClaim("amr").Value);

        // Through the old domain, from another browser, without another question.
        using var later = door.Provider.NewBrowser();
        var again = await door.TokensAsync(later, "nva@cu.example", "nva-secret");
        Assert.Equal(first.Subject, TestReply.Read(again.IdToken).Subject);
        var told = (await door.Rp.UserInfoAsync(again.AccessToken)).Json;
        Assert.Equal(("nva@mau.example", true, "Nguyễn Văn An"), (told.GetProperty("email").GetString(), told.GetProperty("email_verified").GetBoolean(), told.GetProperty("name").GetString()));
        Assert.Equal(1, await door.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync(l => l.Connector == "thu")));
    }

    [Fact]
    public async Task Two_providers_stand_behind_one_field()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var one = door.Provider.NewBrowser();
        using var two = door.Provider.NewBrowser();
        var chooser = await door.Rp.AuthorizeAsync(one);
        Assert.Single(chooser.Forms, f => f.Action.EndsWith("/mail", StringComparison.Ordinal));
        Assert.Contains("@thu.example, @mau.example, @cu.example", chooser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("het.example", chooser.Text, StringComparison.Ordinal);
        var subjects = await Task.WhenAll(door.TokensAsync(one, "ttb@mau.example", "ttb-secret"), door.TokensAsync(two, "lan@thu.example", "lan-secret"));
        Assert.NotEqual(TestReply.Read(subjects[0].IdToken).Subject, TestReply.Read(subjects[1].IdToken).Subject);
    }

    [Fact]
    public async Task The_browser_remembers_which_door_was_used_and_never_the_address()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        Assert.Contains("@thu.example, @mau.example, @cu.example", (await door.Rp.AuthorizeAsync(browser)).Text, StringComparison.Ordinal);
        await door.TokensAsync(browser, "nva@mau.example", "nva-secret");

        var next = await door.Rp.AuthorizeAsync(browser, ("prompt", "login"));

        Assert.Contains("@mau.example, @cu.example, @thu.example", next.Text, StringComparison.Ordinal);
        Assert.Contains(SignInPageTests.Text("hint.last_used"), next.Text, StringComparison.Ordinal);
        Assert.Equal("", next.Document.QuerySelector("#address")!.GetAttribute("value") ?? "");
        Assert.Equal("thu", LastMethod(browser));
        Assert.DoesNotContain(browser.Cookies.GetAllCookies(), cookie => Uri.UnescapeDataString(cookie.Value).Contains("nva", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shared_computer_remembers_no_door()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        await browser.SubmitAsync(await door.Rp.AuthorizeAsync(browser), "/shared", ("shared", "yes"));
        await door.TokensAsync(browser, "nva@mau.example", "nva-secret");
        var next = await door.Rp.AuthorizeAsync(browser, ("prompt", "login"));
        Assert.Contains("@thu.example, @mau.example, @cu.example", next.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SignInPageTests.Text("hint.last_used"), next.Text, StringComparison.Ordinal);
        Assert.Null(LastMethod(browser));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_renamed_mailbox_keeps_its_person_and_a_reused_address_finds_another(Engine engine)
    {
        await using var door = await MailDoorFixture.StartAsync(servers, engine);
        await servers.AddAsync("chuyen", "chuyen@mau.example");
        var before = await SubjectAsync(door, "chuyen@mau.example", "chuyen-secret");
        await servers.ChangeAsync($"dn: uid=chuyen,ou=people,{MailServers.LdapBase}\nchangetype: modify\nreplace: mail\nmail: chuyen-moi@mau.example\n");
        // At two places at once: both bring the new address, and it is written once.
        foreach (var after in await Task.WhenAll(SubjectAsync(door, "chuyen-moi@mau.example", "chuyen-secret"), SubjectAsync(door, "chuyen-moi@mau.example", "chuyen-secret")))
            Assert.Equal(before, after);
        await servers.AddAsync("nguoi-sau", "chuyen@mau.example");
        Assert.NotEqual(before, await SubjectAsync(door, "chuyen@mau.example", "nguoi-sau-secret"));
        await servers.RemoveAsync("chuyen");
        await servers.RemoveAsync("nguoi-sau");
    }

    [Fact]
    public async Task L1_unknown_wrong_locked_and_shut_mailboxes_get_the_same_page()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        var pages = new List<TestPage>();
        foreach (var (address, password) in ((string, string)[])
                 [("nva@mau.example", "wrong"), ("ai-do@mau.example", "wrong"), ("khoa@mau.example", "khoa-secret"), ("vanphong@mau.example", "wrong"), ("lan@thu.example", "wrong"), ("ai-do@thu.example", "wrong"), ("nghi@thu.example", "nghi-secret")])
        {
            using var browser = door.Provider.NewBrowser();
            var page = await door.SignInAsync(browser, address, password);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            pages.Add(page with { Html = Plain(page, address) });
        }
        Assert.Single(pages.Take(4).Select(p => p.Html).Distinct());
        Assert.Single(pages.Skip(4).Select(p => p.Html).Distinct());
        Assert.Contains("Địa chỉ hoặc mật khẩu chưa đúng", pages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L1_the_step_after_the_address_is_the_same_for_everybody()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        var before = await servers.OperationsAsync();
        var pages = new List<string>();
        foreach (var address in (string[])["nva@mau.example", "ai-do@mau.example", "khoa@mau.example", "vanphong@mau.example"])
        {
            using var browser = door.Provider.NewBrowser();
            pages.Add(Plain(await door.ToPasswordAsync(browser, address), address));
        }
        Assert.Single(pages.Distinct());
        var after = await servers.OperationsAsync();
        Assert.Equal((before.Binds + 1, before.Searches + 1), after);   // those of asking the directory itself
    }

    [Theory]
    [InlineData("nva@mua.example", "nva@mau.example")]      // a slip of the finger
    [InlineData("nva@maau.example", "nva@mau.example")]
    [InlineData("nva@het.example", "nva@mau.example")]      // over; its successor is known
    [InlineData("nva@gmail.example", null)]                 // personal mail
    [InlineData("nva@evil-mau.example", null)]
    public async Task A_domain_that_does_not_count_is_explained_without_a_word_about_people(string address, string? meant)
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        var page = await door.ToPasswordAsync(browser, address);
        Assert.Equal(("Đuôi thư này chưa dùng được ở đây", $"{page.Address.AbsolutePath}"), (page.Heading, page.Address.AbsolutePath));
        Assert.EndsWith("/mail/domain", page.Address.AbsolutePath, StringComparison.Ordinal);
        foreach (var domain in (string[])["@mau.example", "@cu.example", "@thu.example"]) Assert.Contains(domain, page.Text, StringComparison.Ordinal);
        Assert.Equal(meant is not null, page.Text.Contains("Có phải bạn muốn nhập", StringComparison.Ordinal));
        if (meant is null) return;
        page = await browser.SubmitAsync(page, "/mail");
        Assert.Equal(meant, page.Document.QuerySelector("#address")!.GetAttribute("value"));
        Assert.Equal("Nhập mật khẩu thư công vụ", page.Heading);
    }

    [Theory]
    [InlineData("", "Nhập thư điện tử công vụ của bạn.")]
    [InlineData("nva", "Địa chỉ chưa đúng dạng.")]
    [InlineData("nva@mаu.example", "Địa chỉ chưa đúng dạng.")]       // a Cyrillic letter
    [InlineData("nguyễn@mau.example", "Địa chỉ chưa đúng dạng.")]
    [InlineData("a+b@mau.example", "Địa chỉ chưa đúng dạng.")]
    [InlineData("a@b@mau.example", "Địa chỉ chưa đúng dạng.")]
    public async Task What_is_no_address_is_said_beside_the_field(string typed, string text)
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        var page = await door.ToPasswordAsync(browser, typed);
        Assert.Contains(text, page.Document.QuerySelector("#address-fault")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Document.QuerySelector("#address")!.GetAttribute("aria-invalid"));
        Assert.Contains(text, page.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shared_mailbox_ends_on_its_own_page()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        foreach (var (address, password) in ((string, string)[])[("vanphong@mau.example", "vanphong-secret"), ("vanphong@thu.example", "vanphong-secret")])
        {
            using var browser = door.Provider.NewBrowser();
            var page = await door.SignInAsync(browser, address, password);
            Assert.Equal("Đây là hộp thư dùng chung", page.Heading);
            Assert.NotNull(page.Document.QuerySelector(".ref"));
        }
        Assert.Equal(0, await door.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync()));
        Assert.Equal(2, await door.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "signin.failed" && e.Reason == "SharedMailbox")));
    }

    [Fact]
    public async Task A_person_who_says_not_me_is_not_made_and_may_type_again()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        var page = await door.SignInAsync(browser, "nva@mau.example", "nva-secret");
        page = await browser.SubmitAsync(page, "/first", ("answer", "no"));
        Assert.Contains("người quản trị thư của cơ quan bạn", page.Text, StringComparison.Ordinal);
        Assert.EndsWith("/mail", page.Document.QuerySelector("a.btn.go")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(0, await door.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync()));
    }

    [Fact]
    public async Task Nothing_that_was_typed_stands_in_a_log_or_in_the_trail()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        await door.SignInAsync(browser, "nva@mau.example", "a-wrong-password-of-mine");
        await door.TokensAsync(browser, "nva@mau.example", "nva-secret");
        var trail = await door.Provider.InDatabaseAsync(db => db.AuditEvents.Select(e => e.Name + e.Reason + e.Detail).ToListAsync());
        foreach (var line in door.Provider.Log.Lines.Concat(trail))
        foreach (var secret in (string[])["a-wrong-password-of-mine", "nva-secret", "reader-secret", "nva@mau"])
            Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
    }

    private static string? LastMethod(TestBrowser browser) => browser.Cookies.GetAllCookies().SingleOrDefault(c => c.Name == "last-method")?.Value;

    private static async Task<string> SubjectAsync(MailDoorFixture door, string address, string password)
    {
        using var browser = door.Provider.NewBrowser();
        return TestReply.Read((await door.TokensAsync(browser, address, password)).IdToken).Subject;
    }

    /// <summary>Without what differs from one request to the next: its id, its form token, the address itself.</summary>
    private static string Plain(TestPage page, string address)
    {
        var token = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var request = page.Address.AbsolutePath.Split('/')[2];
        return page.Html.Replace(token, "", StringComparison.Ordinal).Replace(request, "", StringComparison.Ordinal).Replace(address, "", StringComparison.Ordinal);
    }
}
