using System.Net;
using AngleSharp.Html.Dom;
using Identity.Domain.Administration;
using Identity.Tests.Admin.Desk;
using Identity.Tests.Applications;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Drafts;

/// <summary>The ways in which what somebody typed could get lost, one test for each.</summary>
public sealed class LostDraftTests
{
    private const string Edit = "/configuration/edit?kind=client&name=rp";

    [Fact]
    public async Task A_form_of_a_browser_that_was_closed_in_between_comes_back_filled_in_and_is_taken_with_the_next_press()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var form = await owner.OpenAsync($"/apps/{id}/sign-in");
        ForgetMark(office.Admin, owner);
        owner.Browser.Headers["Sec-Fetch-Site"] = "same-origin";

        var back = await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://datdai.mau.example/callback"));
        var untouched = (await office.SandboxAsync(id)).Version;
        var saved = await OwnersOffice.SaveAsync(owner, back, $"/apps/{id}/sign-in");

        Assert.Contains("chưa được lưu", back.Text, StringComparison.Ordinal);
        Assert.Contains("https://datdai.mau.example/callback", back.Html, StringComparison.Ordinal);
        Assert.Equal(1, untouched);
        Assert.Contains("Đã lưu", saved.Text, StringComparison.Ordinal);
        Assert.Equal(["https://datdai.mau.example/callback"], (await office.SandboxAsync(id)).Client.RedirectUris);
    }

    [Theory, InlineData(null, HttpStatusCode.BadRequest), InlineData("same-site", HttpStatusCode.Forbidden), InlineData("cross-site", HttpStatusCode.Forbidden), InlineData("none", HttpStatusCode.BadRequest)]
    public async Task L11_A_form_without_our_mark_that_another_page_may_have_sent_is_not_kept(string? site, HttpStatusCode status)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var form = await owner.OpenAsync($"/apps/{id}/sign-in");
        if (site is not null) owner.Browser.Headers["Sec-Fetch-Site"] = site;

        var page = await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", ("form", "forged"), ("Input.RedirectUris", "https://evil.example/callback"));

        Assert.Equal(status, page.Status);
        Assert.Equal(0, await ParkedFileTests.CountAsync(office.Admin));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_taken_once_and_the_second_answer_still_holds_it()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var form = await owner.OpenAsync($"/apps/{id}/sign-in");
        var typed = ("Input.RedirectUris", "https://datdai.mau.example/callback");

        await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", typed);
        var second = await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", typed);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Contains("https://datdai.mau.example/callback", second.Document.QuerySelector("textarea[name='Input.RedirectUris']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await office.SandboxAsync(id)).Version);
    }

    [Fact]
    public async Task A_file_beside_a_change_of_somebody_else_stays_until_it_is_sent_with_that_knowledge()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var mine = await owner.OpenAsync($"/apps/{id}/look");
        await OwnersOffice.SaveAsync(owner, mine, $"/apps/{id}/look", ("Input.NameVi", "Hồ sơ nhà đất"));

        var stale = await SentFile.PressAsync(owner, mine, $"/apps/{id}/look?handler=Logo", "logo", Pictures.Png(96, 48), "logo.png");
        var saved = await SentFile.PressAsync(owner, stale, $"/apps/{id}/look?handler=Logo", "logo");

        Assert.Contains("Người khác đã thay đổi", stale.Text, StringComparison.Ordinal);
        Assert.Contains("Tệp logo.png vẫn còn", stale.Text, StringComparison.Ordinal);
        Assert.Contains("Đã lưu", saved.Text, StringComparison.Ordinal);
        var client = (await office.SandboxAsync(id)).Client;
        Assert.Equal(("Hồ sơ nhà đất", 96), (client.ClientName.Vi, client.Logo!.Width));
    }

    [Fact]
    public async Task A_file_beside_a_fault_of_another_field_stays_and_the_other_fields_too()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);

        var fault = await SentFile.PressAsync(visitor, await visitor.OpenAsync("/staff/import"), "/staff/import/upload", "file", SentFile.List, typed: [("source", "nowhere"), ("onlyChanges", "true")]);
        var plan = await SentFile.PressAsync(visitor, fault, "/staff/import/upload", "file");

        Assert.Contains("Tệp danh-sach.csv vẫn còn", fault.Text, StringComparison.Ordinal);
        Assert.True(((IHtmlInputElement)fault.Document.QuerySelector("#only")!).IsChecked);
        Assert.Contains("Lê Văn Mẫu", plan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_itself_at_fault_is_not_offered_again()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var fault = await SentFile.PressAsync(owner, await owner.OpenAsync($"/apps/{id}/look"), $"/apps/{id}/look?handler=Logo", "logo", "<svg/>"u8.ToArray(), "logo.png");

        Assert.Contains("không phải ảnh", fault.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("vẫn còn", fault.Text, StringComparison.Ordinal);
        Assert.Equal(0, await ParkedFileTests.CountAsync(office.Admin));
    }

    [Fact]
    public async Task A_list_that_was_being_looked_at_comes_back_with_its_boxes_the_next_morning()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var plan = await SentFile.PressAsync(visitor, await visitor.OpenAsync("/staff/import"), "/staff/import/upload", "file",
            SentFile.ListOf("CB1,,cb1@so.mau.example,Lê Văn Mẫu,H99.07.12,Chuyên viên,2026-01-01,,\nCB2,,cb2@so.mau.example,Trần Mẫu,H99.99,Chuyên viên,2026-01-01,,"));
        stage.Admin.Clock!.Advance(TimeSpan.FromHours(10));

        var back = await visitor.PassAsync(await visitor.SubmitAsync(plan, "/confirm", ("skipErrors", "true")));
        var done = await visitor.SubmitAsync(back, "/confirm", ("skipErrors", "true"));

        Assert.Contains("Lê Văn Mẫu", back.Text, StringComparison.Ordinal);
        Assert.True(((IHtmlInputElement)back.Document.QuerySelector("#skip")!).IsChecked);
        Assert.Contains("Đã nhập danh sách", done.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(90_000), InlineData(120_000)]
    public async Task A_document_that_is_longer_than_other_forms_is_answered_with_what_was_typed(int length)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var typed = LongDocument(length);

        var page = await visitor.SubmitAsync(await visitor.OpenAsync(Edit), "/configuration/edit", ("Input.Document", typed), ("Input.Reason", "dài"), ("Input.Act", "check"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(typed, page.Document.QuerySelector("textarea")!.TextContent);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_longest_document_comes_back_after_the_sign_in_that_was_over(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var (form, typed) = (await visitor.OpenAsync(Edit), LongDocument(100_000));
        admin.Clock!.Advance(TimeSpan.FromMinutes(45));

        var back = await visitor.PassAsync(await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", typed), ("Input.Reason", "dài"), ("Input.Act", "save")));

        Assert.Equal(typed, back.Document.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_fault_of_ours_says_that_a_reload_sends_the_form_once_more()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var form = await owner.OpenAsync($"/apps/{id}/sign-in");
        await office.Admin.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE configuration_versions RENAME TO away"));

        var failed = await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://datdai.mau.example/callback"));
        await office.Admin.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE away RENAME TO configuration_versions"));
        var reloaded = await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://datdai.mau.example/callback"));

        Assert.Equal((HttpStatusCode.InternalServerError, true), (failed.Status, failed.WasPosted));
        Assert.Contains("tải lại trang này", failed.Text, StringComparison.Ordinal);
        Assert.Contains("Đã lưu", reloaded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_may_lead_on_to_the_sign_in_or_a_browser_would_stop_there()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        foreach (var path in (string[])["/staff/import", Edit, "/signout"])
            Assert.Contains($"form-action 'self' {admin.Provider.Issuer}", (await visitor.OpenAsync(path)).Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    /// <summary>What the browser forgets when it is closed, while the page is still open in it.</summary>
    private static void ForgetMark(TestAdmin admin, AdminVisitor visitor) => visitor.Browser.Cookies.GetCookies(new Uri(admin.Address))["admin-form"]!.Expired = true;

    /// <summary>Every third letter takes nine bytes in a form.</summary>
    private static string LongDocument(int length) => $$"""{"client_name":"{{string.Concat(Enumerable.Repeat("ếab", length))[..(length - 18)]}}"}""";
}
