using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Identity.Domain.Administration;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Owners see what people will read, in both languages, before they save it.</summary>
public sealed class PreviewTests
{
    public static TheoryData<string> Languages => [.. TextCatalog.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task A_card_is_wholly_in_its_own_language_whatever_the_page_is_in(string page)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/needs"), $"/apps/{id}/needs", ("Input.Scopes", "openid"), ("Input.Scopes", "profile"), ("Input.Scopes", "email"),
            ("Input.RetentionVi", "5 năm"), ("Input.RetentionEn", "5 years"));

        var look = await owner.OpenAsync($"/apps/{id}/look?lang={page}");

        foreach (var language in TextCatalog.Languages)
        {
            var (own, other) = (ServerTexts.Catalog.In(language), ServerTexts.Catalog.In(TextCatalog.Languages.Single(l => l != language)));
            var cards = look.Document.QuerySelectorAll($"#preview .phone[lang={language}]");
            Assert.Equal(2, cards.Length);
            var said = string.Join(' ', cards.Select(card => card.TextContent));
            Assert.Empty(cards.SelectMany(card => card.QuerySelectorAll("dt, h4, summary, .btn")).Where(part => part.QuerySelector("bdi") is null).Select(part => part.TextContent.Trim()).Except(own.Values));
            foreach (var key in (string[])["for_app", "title.signin", "attr.name", "attr.birthdate", "attr.email", "share.optional", "share.kept_title", "share.withdraw", "share.yes", "share.no"])
            {
                Assert.Contains(own[key], said, StringComparison.Ordinal);
                Assert.DoesNotContain(other[key], said, StringComparison.Ordinal);
            }
            Assert.Contains(language == "vi" ? "5 năm" : "5 years", said, StringComparison.Ordinal);
            Assert.Contains(language == "vi" ? "Hồ sơ đất đai" : "Land dossiers", said, StringComparison.Ordinal);
        }
        Assert.Empty(look.Document.QuerySelectorAll("#preview form, #preview button, #preview input"));
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task The_ways_in_stand_as_they_do_on_the_sign_in_page(string language)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await ShowingAsync(office, owner, "rp-release", client => client["connectors"] = new JsonArray("local", "passkey", "thu-xa", "thu-so", "vnconnect"));
        using var browser = office.Admin.NewBrowser();

        var page = await TestRelyingParty.Of(office.Admin.Provider, "rp-release").AuthorizeAsync(browser, ("ui_locales", language));
        var preview = (await owner.OpenAsync($"/apps/{id}/look")).Document.QuerySelector($"#preview .phone[lang={language}]")!;

        Assert.Equal(Said(page.Document.QuerySelectorAll("main h1, main h2, main .btn")), Said(preview.QuerySelectorAll("h3, h4, .btn")));
        Assert.Equal(Said(page.Document.QuerySelectorAll("header .app")), Said(preview.QuerySelectorAll(".app")));
        Assert.Equal(4, preview.QuerySelectorAll("h4").Length);
    }

    [Fact]
    public async Task An_application_that_asks_nobody_is_not_shown_as_if_it_asked()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await ShowingAsync(office, owner, "rp", _ => { });

        var page = await owner.OpenAsync($"/apps/{id}/needs");

        Assert.Contains("không hỏi và không báo", page.Document.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("#preview .card"));
    }

    [Fact]
    public async Task What_is_typed_is_shown_and_not_saved()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var rows = await RowsAsync(office);

        var look = await PreviewAsync(owner, await owner.OpenAsync($"/apps/{id}/look"), $"/apps/{id}/look",
            ("Input.NameVi", "Hồ sơ <nhà> đất"), ("Input.NameEn", "House papers"), ("Input.PurposeVi", "trả kết quả"), ("Input.PurposeEn", "hand over the result"), ("Input.PolicyUri", "not an address"));
        var needs = await PreviewAsync(owner, await owner.OpenAsync($"/apps/{id}/needs"), $"/apps/{id}/needs",
            ("Input.Scopes", "openid"), ("Input.Scopes", "email"), ("Input.Release[0].Claim", "email"), ("Input.Release[0].Kind", "Notice"), ("Input.Release[0].LawVi", "Điều 5 Quy chế mẫu"), ("Input.Release[0].LawEn", "Article 5 of the sample rules"));

        Assert.All(look.Document.QuerySelectorAll("#preview [lang=vi]"), card => Assert.Contains("Hồ sơ <nhà> đất", card.TextContent, StringComparison.Ordinal));
        Assert.All(look.Document.QuerySelectorAll("#preview [lang=en]"), card => Assert.Contains("House papers", card.TextContent, StringComparison.Ordinal));
        Assert.Contains("It needs the following to hand over the result.", look.Text, StringComparison.Ordinal);
        Assert.Equal(("Hồ sơ <nhà> đất", "not an address", "1"), (ValueOf(look, "#name-vi"), ValueOf(look, "#policy"), ValueOf(look, "input[name=Version]")));
        Assert.Contains("Under Article 5 of the sample rules.", needs.Document.QuerySelector("#preview [lang=en]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Theo Điều 5 Quy chế mẫu.", needs.Document.QuerySelector("#preview [lang=vi]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Điều 5 Quy chế mẫu", ValueOf(needs, "#law-vi-0"));
        Assert.All((TestPage[])[look, needs], page => Assert.Contains("Chưa có gì được lưu", page.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal));
        var stored = await office.SandboxAsync(id);
        Assert.Equal((1, "Hồ sơ đất đai", rows), (stored.Version, stored.Client.ClientName.Vi, await RowsAsync(office)));
    }

    [Fact]
    public async Task A_preview_of_a_form_that_others_have_overtaken_still_shows_and_the_save_after_it_overwrites_nothing()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var mine = await owner.OpenAsync($"/apps/{id}/look");
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/look"), $"/apps/{id}/look", ("Input.NameVi", "Hồ sơ nhà đất"));

        var preview = await PreviewAsync(owner, mine, $"/apps/{id}/look", ("Input.NameVi", "Giấy tờ đất"));
        var saved = await OwnersOffice.SaveAsync(owner, preview, $"/apps/{id}/look");

        Assert.Contains("Giấy tờ đất", preview.Document.QuerySelector("#preview [lang=vi]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", ValueOf(preview, "input[name=Version]"));
        Assert.Contains("Người khác đã thay đổi", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Hồ sơ nhà đất", (await office.SandboxAsync(id)).Client.ClientName.Vi);
    }

    [Theory]
    [InlineData("vi", "Lý do: Đổi tên hoặc lời giới thiệu trên trang ứng dụng.")]
    [InlineData("en", "Reason: Changed its name or what people read about it on the application's pages.")]
    public async Task The_history_says_in_a_sentence_what_owners_did(string language, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var auditor = await office.Admin.SignInAsync(AdminRole.Auditor);
        var id = await office.RegisterAsync(owner);
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/look"), $"/apps/{id}/look", ("Input.NameVi", "Hồ sơ nhà đất"));
        var client = (await office.SandboxAsync(id)).Client.ClientId;
        await office.Admin.InDatabaseAsync(db => db.ConfigurationVersions.Where(v => v.Name == client && v.Version == 1).ExecuteUpdateAsync(set => set.SetProperty(v => v.Reason, "theo công văn mẫu")));

        var history = await auditor.OpenAsync($"/configuration/history?kind=client&name={client}&lang={language}");

        Assert.Contains(says, history.Text, StringComparison.Ordinal);
        Assert.Contains("theo công văn mẫu", history.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("application.words", history.Text, StringComparison.Ordinal);
    }

    /// <summary>An application whose sandbox is this client of the test suite.</summary>
    private static async Task<Guid> ShowingAsync(OwnersOffice office, AdminVisitor owner, string client, Action<JsonObject> change)
    {
        var id = await office.RegisterAsync(owner);
        await office.Admin.Provider.ImportAsync(ClientDocument.Of(client, change));
        await office.Admin.InDatabaseAsync(db => db.Applications.ExecuteUpdateAsync(set => set.SetProperty(a => a.SandboxClientId, client)));
        await office.Admin.RereadAsync();
        return id;
    }

    private static Task<TestPage> PreviewAsync(AdminVisitor visitor, TestPage page, string action, params (string Name, string Value)[] changes) =>
        OwnersOffice.PressAsync(visitor, page, action, page.Document.QuerySelector($"form[action='{action}'] button[formaction]")!.GetAttribute("formaction")!, changes);

    private static string? ValueOf(TestPage page, string field) => page.Document.QuerySelector(field)!.GetAttribute("value");

    private static IEnumerable<string> Said(IEnumerable<IElement> parts) => parts.Select(part => string.Join(' ', part.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static Task<int> RowsAsync(OwnersOffice office) => office.Admin.InDatabaseAsync(async db => await db.AuditEvents.CountAsync(a => a.Name == "client.changed") + await db.ConfigurationVersions.CountAsync());
}
