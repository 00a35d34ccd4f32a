using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin;

/// <summary>The configuration on the screen: find, read, change, let a second person look, go back.</summary>
public sealed class ConfigurationPagesTests
{
    private const string Rp = "?kind=client&name=rp";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_application_is_found_by_what_people_call_it_without_accents(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInAsync(AdminRole.Auditor);

        var page = await visitor.OpenAsync("/configuration?q=cong+dich+vu");

        Assert.Contains("Cổng dịch vụ công An Bình", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rp-two", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_told_in_plain_words_and_who_only_reads_sees_no_way_to_change_it()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Auditor);

        var page = await visitor.OpenAsync($"/configuration/item{Rp}");

        Assert.Contains("Câu trả lời được gửi đến https://rp.example/cb", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/configuration/edit", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync($"/configuration/edit{Rp}")).Status);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_harmless_change_is_checked_and_saved(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var form = await visitor.OpenAsync($"/configuration/edit{Rp}");
        var document = Typed(form, d => d["client_name"]!["vi"] = "Tên mới");

        var check = await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", document), ("Input.Reason", "kiểm thử"), ("Input.Act", "check"));
        Assert.Contains("client_name.vi", check.Text, StringComparison.Ordinal);
        var saved = await visitor.SubmitAsync(check, "/configuration/edit", ("Input.Document", document), ("Input.Reason", "kiểm thử"), ("Input.Act", "save"));

        Assert.Equal("/configuration/item", saved.Address.AbsolutePath);
        Assert.Contains("Đã lưu phiên bản mới", saved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_stands_beside_the_line_that_it_is_about_and_what_was_typed_stays()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var form = await visitor.OpenAsync($"/configuration/edit{Rp}");
        var document = Typed(form, d => d["redirect_uris"] = new JsonArray("https://rp.example/cb", "http://unsafe.example/cb"));

        var page = await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", document), ("Input.Reason", "x"), ("Input.Act", "save"));

        var line = Assert.Single(page.Document.QuerySelectorAll("ol.lines li"), li => li.QuerySelector(".err") is not null);
        Assert.Contains("http://unsafe.example/cb", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("unsafe.example", page.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Lỗi:", page.Document.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "redirect_uris[0]: dùng http; chỉ chấp nhận https", "colour: không phải thành phần được dùng ở đây")]
    [InlineData("en", "redirect_uris[0]: uses http; only https is accepted", "colour: is not a member that is known here")]
    public async Task What_is_wrong_is_said_in_the_language_of_the_page(string language, params string[] says)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var form = await visitor.OpenAsync($"/configuration/edit{Rp}&lang={language}");
        var document = Typed(form, d => (d["redirect_uris"], d["colour"]) = (new JsonArray("http://unsafe.example/cb"), "red"));

        var page = await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", document), ("Input.Reason", "x"), ("Input.Act", "check"));

        var errors = page.Document.QuerySelectorAll("ol.lines .err");
        Assert.All(says, sentence => Assert.Contains(errors, e => e.TextContent.StartsWith(sentence, StringComparison.Ordinal)));
        Assert.All(errors, e => Assert.Equal(language, e.Closest("[lang]")!.GetAttribute("lang")));
    }

    [Theory]
    [InlineData("vi", "nêu lĩnh vực \"test-one\", không tồn tại")]
    [InlineData("en", "name the sector \"test-one\", which does not exist")]
    public async Task Who_uses_an_item_is_said_in_the_language_of_the_page(string language, string says)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        var page = await visitor.OpenAsync($"/configuration/remove?kind=sector&name=test-one&lang={language}");

        Assert.Contains($"clients[\"rp\"].sector: {says}", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_editors_the_second_sees_what_changed_and_loses_nothing()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var form = await visitor.OpenAsync($"/configuration/edit{Rp}");
        var other = await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", Typed(form, d => d["client_name"]!["vi"] = "Của người khác")), ("Input.Reason", "x"), ("Input.Act", "save"));
        Assert.Equal("/configuration/item", other.Address.AbsolutePath);

        var page = await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", Typed(form, d => d["client_name"]!["vi"] = "Của tôi")), ("Input.Reason", "x"), ("Input.Act", "save"));

        Assert.Contains("Của người khác", page.Text, StringComparison.Ordinal);
        Assert.Contains("Của tôi", page.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await admin.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Name == "rp").Select(i => i.Version).SingleAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_wrong_redirect_uri_is_rolled_back_in_one_click(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var proposer = await admin.SignInAsync(AdminRole.Administrator);
        using var reviewer = await admin.SignInAsync(AdminRole.Reviewer);
        var form = await proposer.OpenAsync($"/configuration/edit{Rp}");
        var document = Typed(form, d => d["redirect_uris"] = new JsonArray("https://rp.example/wrong"));

        var refused = await proposer.SubmitAsync(form, "/configuration/edit", ("Input.Document", document), ("Input.Reason", "đổi địa chỉ"), ("Input.Act", "save"));
        Assert.Contains("cần người thứ hai", refused.Text, StringComparison.Ordinal);
        var proposed = await proposer.SubmitAsync(refused, "/configuration/edit", ("Input.Document", document), ("Input.Reason", "đổi địa chỉ"), ("Input.Act", "propose"));
        Assert.DoesNotContain(proposed.Forms, f => f.QuerySelector("[value=approve]") is not null);
        var seen = await reviewer.OpenAsync(proposed.Address.PathAndQuery);
        var approved = await reviewer.SubmitAsync(seen, "/configuration/proposal", ("Input.Act", "approve"));
        Assert.Contains("Đã áp dụng", approved.Text, StringComparison.Ordinal);
        Assert.Contains("rp.example/wrong", await StoredAsync(admin), StringComparison.Ordinal);

        var history = await proposer.OpenAsync($"/configuration/history{Rp}");
        var back = await proposer.SubmitAsync(history, "/configuration/history");

        Assert.Contains("Đã quay lại", back.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rp.example/wrong", await StoredAsync(admin), StringComparison.Ordinal);
        Assert.Equal(1, await admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "client.rolled_back" && a.Actor == AdminActor.NameOf(proposer.PersonId))));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var reviewer = await admin.SignInAsync(AdminRole.Reviewer);
        var id = await ProposeAsync(admin);
        var page = await reviewer.OpenAsync($"/configuration/proposal?id={id}");

        Assert.Contains("Hãy ghi lý do", (await reviewer.SubmitAsync(page, "/configuration/proposal", ("Input.Act", "refuse"))).Text, StringComparison.Ordinal);
        Assert.Contains("Đã từ chối", (await reviewer.SubmitAsync(page, "/configuration/proposal", ("Input.Act", "refuse"), ("Input.Reason", "địa chỉ lạ"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_was_typed_comes_back_after_the_sign_in_that_was_over()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock, builder => builder.Configuration["Admin:Idle"] = "00:10:00");
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var form = await visitor.OpenAsync($"/configuration/edit{Rp}");
        clock.Advance(TimeSpan.FromMinutes(11));

        var back = await visitor.PassAsync(await visitor.SubmitAsync(form, "/configuration/edit", ("Input.Document", Typed(form, d => d["client_name"]!["vi"] = "Gõ rất lâu")), ("Input.Reason", "lý do dài"), ("Input.Act", "save")));

        Assert.Contains("Gõ rất lâu", back.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("lý do dài", ((IHtmlInputElement)back.Document.QuerySelector("#reason")!).Value);
    }

    private static Task<string> StoredAsync(TestAdmin admin) => admin.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == "client" && i.Name == "rp").Select(i => i.Document).SingleAsync());

    private static async Task<Guid> ProposeAsync(TestAdmin admin)
    {
        var document = JsonNode.Parse(await StoredAsync(admin))!.AsObject();
        document["redirect_uris"]!.AsArray().Add("https://rp.example/new");
        var edit = new ItemEdit(new ItemKey("client", "rp"), 1, document.ToJsonString(), "kiểm thử");
        var actor = Configuration.ConfigurationDesk.Actor(AdminRole.Administrator);
        return Assert.IsType<ItemOutcome.Proposed>(await admin.WithAsync((ConfigurationProposals p) => p.ProposeAsync(actor, edit, CancellationToken.None))).Id;
    }

    private static string Typed(TestPage form, Action<JsonObject> change)
    {
        var document = JsonNode.Parse(form.Document.QuerySelector("textarea")!.TextContent)!.AsObject();
        change(document);
        return document.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
