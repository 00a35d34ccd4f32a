using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Identity.Hosting.Language;
using Identity.Hosting.Startup;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Operating;

/// <summary>What the province says on its sign-in page, to whom and until when.</summary>
public sealed class AnnouncementTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_announcement_stands_on_the_sign_in_page_in_both_languages_and_goes_by_itself(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(engine, clock);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        var saved = await WriteAsync(visitor, clock);
        await admin.Provider.Services.GetRequiredService<NodeSnapshot>().RefreshIfStaleAsync(CancellationToken.None);

        Assert.Contains("Đã lưu thông báo.", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Bảo trì tối nay", (await SignInPageAsync(admin, "vi")).Text, StringComparison.Ordinal);
        Assert.Contains("Maintenance tonight", (await SignInPageAsync(admin, "en")).Text, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.DoesNotContain("Bảo trì tối nay", (await SignInPageAsync(admin, "vi")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await admin.TrailAsync("announcement.made"));
    }

    [Theory, InlineData("Input.En", "", "cả hai ngôn ngữ"), InlineData("Input.Vi", " ", "cả hai ngôn ngữ"), InlineData("Input.To", "", "Giờ kết thúc"), InlineData("Input.To", "2020-01-01T00:00", "Giờ kết thúc"),
     InlineData("Input.To", "2099-01-01T00:00", "Giờ kết thúc"), InlineData("Input.Connector", "nowhere", "Không có cách đăng nhập này"), InlineData("Input.Client", "nobody", "Không có ứng dụng nào")]
    public async Task One_wrong_field_refuses_a_good_form(string field, string value, string fault)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        Assert.Contains(fault, (await WriteAsync(visitor, clock, (field, value))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await admin.InDatabaseAsync(db => db.Announcements.CountAsync()));
    }

    [Fact]
    public async Task A_preview_shows_both_languages_and_saves_nothing()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        var form = await visitor.OpenAsync("/announcements/write");

        var preview = await visitor.Browser.PostAsync(admin.Address + "/announcements/write?handler=preview", [.. Fields(clock).Select(f => KeyValuePair.Create(f.Name, f.Value)), Token(form)]);

        Assert.Equal(["Bảo trì tối nay từ 22 giờ.", "Maintenance tonight from 10 p.m."], preview.Document.QuerySelectorAll(".phone .note").Select(n => n.TextContent.Trim()));
        Assert.Equal(0, await admin.InDatabaseAsync(db => db.Announcements.CountAsync()));
    }

    [Fact]
    public async Task Two_editors_never_overwrite_each_other()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        using var first = await admin.SignInAsync(AdminRole.Operator);
        using var second = await admin.SignInAsync(AdminRole.Operator);
        await WriteAsync(first, clock);
        var path = $"/announcements/write?id={await admin.InDatabaseAsync(db => db.Announcements.Select(a => a.Id).SingleAsync())}";
        var (open, alsoOpen) = (await first.OpenAsync(path), await second.OpenAsync(path));
        await second.SendAsync(alsoOpen, "/announcements/write", [.. Fields(clock).Where(f => f.Name != "Input.Vi"), ("Input.Vi", "Bảo trì dời sang mai.")]);

        var late = await first.SendAsync(open, "/announcements/write", [.. Fields(clock).Where(f => f.Name != "Input.Vi"), ("Input.Vi", "Bảo trì đã hủy.")]);

        Assert.Contains("Bảo trì dời sang mai.", late.Text, StringComparison.Ordinal);
        Assert.Contains("Bảo trì đã hủy.", late.Html, StringComparison.Ordinal);
        Assert.Equal("Bảo trì dời sang mai.", await admin.InDatabaseAsync(db => db.Announcements.Select(a => a.Vi).SingleAsync()));
        await first.SendAsync(late, "/announcements/write", [.. Fields(clock).Where(f => f.Name != "Input.Vi"), ("Input.Vi", "Bảo trì đã hủy.")]);
        Assert.Equal("Bảo trì đã hủy.", await admin.InDatabaseAsync(db => db.Announcements.Select(a => a.Vi).SingleAsync()));
    }

    [Fact]
    public async Task It_reaches_only_the_pages_that_it_is_for()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        var now = clock.GetUtcNow();
        Announcement Of(string vi, AnnouncementAudience audience = default, string? connector = null, string? client = null) => new()
        {
            Vi = vi, En = vi, Audience = audience, Connector = connector, ClientId = client, StartsAt = now.AddMinutes(-1), EndsAt = now.AddHours(1), CreatedBy = "test",
        };
        var board = new AnnouncementBoard(clock);
        await admin.SaveAsync(db => db.Announcements.AddRange(Of("citizens", AnnouncementAudience.Citizens), Of("officials", AnnouncementAudience.Officials), Of("eid", connector: "vnconnect"), Of("portal", client: "portal")));
        await admin.InDatabaseAsync(async db =>
        {
            await board.LoadAsync(db, CancellationToken.None);
            return 0;
        });

        Assert.Equal(["citizens", "eid"], board.For("documents", [("vnconnect", false)]).Select(a => a.Vi).Order());
        Assert.Equal(["officials"], board.For("documents", [("thu-so", true)]).Select(a => a.Vi));
        Assert.Contains("portal", board.For("portal", [("thu-so", true)]).Select(a => a.Vi));
    }

    [Fact]
    public async Task Of_many_announcements_the_sign_in_page_shows_three()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        for (var i = 0; i < 5; i++) await WriteAsync(visitor, clock, ("Input.Vi", new string('x', AnnouncementDesk.LongestText)));
        await admin.Provider.Services.GetRequiredService<NodeSnapshot>().RefreshIfStaleAsync(CancellationToken.None);

        var page = await SignInPageAsync(admin, "vi");

        Assert.Equal(AnnouncementBoard.MostAtOnce, page.Document.QuerySelectorAll(".note.warn").Length);
    }

    [Fact]
    public async Task An_incident_of_a_connector_begins_with_words_at_hand()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        var page = await visitor.OpenAsync("/announcements/write?connector=vnconnect");

        Assert.Contains("VNeID đang phản hồi chậm.", page.Document.QuerySelector("#vi")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("VNeID answers slowly", page.Document.QuerySelector("#en")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("vnconnect", page.Document.QuerySelector("#connector option[selected]")!.GetAttribute("value"));
    }

    private static async Task<TestPage> WriteAsync(AdminVisitor visitor, FixedClock clock, params (string Name, string Value)[] changes) => await visitor.SendAsync(
        await visitor.OpenAsync("/announcements/write"), "/announcements/write", [.. Fields(clock).Where(f => changes.All(c => c.Name != f.Name)), .. changes]);

    private static (string Name, string Value)[] Fields(FixedClock clock) =>
    [
        ("Input.Vi", "Bảo trì tối nay từ 22 giờ."), ("Input.En", "Maintenance tonight from 10 p.m."), ("Input.Audience", "Everybody"), ("Input.Connector", ""), ("Input.Client", ""),
        ("Input.From", VietnamTime.Field(clock.GetUtcNow().AddMinutes(-1))), ("Input.To", VietnamTime.Field(clock.GetUtcNow().AddHours(1))),
    ];

    private static KeyValuePair<string, string> Token(TestPage page) =>
        KeyValuePair.Create("form", page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!);

    private static async Task<TestPage> SignInPageAsync(TestAdmin admin, string language)
    {
        using var browser = admin.NewBrowser();
        var page = await browser.GetAsync(admin.Address + "/");
        return await browser.GetAsync(new UriBuilder(page.Address) { Query = $"lang={language}" }.Uri.AbsoluteUri);
    }
}
