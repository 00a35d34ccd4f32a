using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Nobody goes live alone: a request, a second person, and exactly what they saw.</summary>
public sealed class ReviewTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_request_is_reviewed_by_a_second_person_and_goes_live_with_one_button(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);

        var asked = await AskAsync(owner, id);
        var queue = await reviewer.OpenAsync("/reviews");
        await PressAsync(reviewer, id, "Approve");
        var live = await PressAsync(owner, id, "Live");

        var app = await office.FindAsync(id);
        var production = (await office.Admin.WithAsync(async (ClientDocuments documents) => await documents.FindAsync(app.ProductionClientId, CancellationToken.None)))!.Client;
        var sandbox = (await office.SandboxAsync(id)).Client;
        Assert.Contains("Trả lời trước", asked.Text, StringComparison.Ordinal);
        Assert.Contains("Hồ sơ đất đai", queue.Text, StringComparison.Ordinal);
        Assert.Equal((ApplicationState.Live, ClientEnvironment.Production, $"app-{production.ClientId}"), (app.State, production.Environment, production.Sector));
        Assert.Equal(["https://datdai.mau.example/callback"], production.RedirectUris);
        Assert.Equal(["vnconnect", "vneid", "passkey"], production.Connectors.OrderBy(c => c is "passkey").ThenBy(c => c));
        Assert.Empty(production.Secrets.Select(s => s.Sha256).Intersect(sandbox.Secrets.Select(s => s.Sha256)));
        Assert.Equal(ClientSecret.DigestOf(live.Document.QuerySelector("#secret")!.TextContent), Assert.Single(production.Secrets).Sha256);
        Assert.Equal(["application.production_requested", "application.approved", "application.live"], await office.Admin.InDatabaseAsync(db => db.AuditEvents.OrderBy(a => a.Sequence)
            .Where(a => a.Name == "application.production_requested" || a.Name == "application.approved" || a.Name == "application.live").Select(a => a.Name).ToListAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M20_a_reviewer_reads_everything_that_goes_live_whatever_the_sandbox_says_since(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/needs"), $"/apps/{id}/needs", ("Input.Scopes", "openid"), ("Input.Scopes", "vn_pin"),
            ("Input.Release[0].Claim", "vn_pin"), ("Input.Release[0].Kind", "Notice"), ("Input.Release[0].LawVi", "Điều 5 Quy chế mẫu"), ("Input.Release[0].LawEn", "Article 5 of the sample rules"));
        await AskAsync(owner, id);
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/needs"), $"/apps/{id}/needs", ("Input.Scopes", "openid"));

        var page = await reviewer.OpenAsync($"/apps/{id}/production");

        var row = page.Document.QuerySelector("#goes-live tbody tr")!.TextContent;
        foreach (var said in (string[])["vn_pin", "Cần tỉnh duyệt riêng", "Theo luật, chỉ thông báo", "Điều 5 Quy chế mẫu", "Article 5 of the sample rules"]) Assert.Contains(said, row, StringComparison.Ordinal);
        var document = page.Document.QuerySelector("pre")!.TextContent;
        foreach (var member in (string[])["\"approved_scopes\"", "\"release\"", "\"minimum_acr_level\"", "https://datdai.mau.example/callback"]) Assert.Contains(member, document, StringComparison.Ordinal);
        Assert.Contains("Người dân, cho chính mình", page.Text, StringComparison.Ordinal);
        foreach (var (language, said) in new[] { ("vi", "Điều 5 Quy chế mẫu"), ("en", "Article 5 of the sample rules") })
            Assert.Contains(page.Document.QuerySelectorAll($".card[lang={language}]"), card => card.TextContent.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_judges_their_own_request_or_what_they_work_on()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync(null, AdminRole.Reviewer);
        using var second = await office.OfficialAsync(null, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner, joined: false);
        await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.PersonId, second.PersonId)));
        var page = await AskAsync(owner, id);

        Assert.DoesNotContain(page.Forms, f => f.GetAttribute("action")!.EndsWith("Approve", StringComparison.Ordinal));
        foreach (var (actor, refusal) in new[] { (owner, ApplicationRefusal.OwnRequest), (second, ApplicationRefusal.NotAllowed) })
            Assert.Equal(new ApplicationOutcome.Refused(refusal), await office.Admin.WithAsync(async (ReviewDesk desk) => await desk.ApproveAsync(await ActorAsync(office, actor), id, new ReadRequest(Guid.Empty, ""), CancellationToken.None)));
        Assert.Equal(ApplicationState.InReview, (await office.FindAsync(id)).State);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M25_a_verdict_counts_for_the_request_that_was_read(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);
        await AskAsync(owner, id);
        var read = await reviewer.OpenAsync($"/apps/{id}/production");
        await PressAsync(owner, id, "Withdraw");
        await AskAsync(owner, id, ("Input.RedirectUris", "https://khac.mau.example/callback"));

        foreach (var verdict in new[] { "Approve", "Refuse" })
        {
            var page = await OwnersOffice.SendAsync(reviewer, read, $"/apps/{id}/production?handler={verdict}", new Dictionary<string, string> { ["Input.Reason"] = "chưa rõ", ["Input.NextStep"] = "ghi rõ" });
            Assert.Contains("đã thay đổi từ khi bạn mở trang", page.Text, StringComparison.Ordinal);
            Assert.Contains("https://khac.mau.example/callback", page.Text, StringComparison.Ordinal);
            Assert.Equal(ApplicationState.InReview, (await office.FindAsync(id)).State);
        }
        await PressAsync(reviewer, id, "Approve");
        Assert.Equal(ApplicationState.Approved, (await office.FindAsync(id)).State);
    }

    [Fact]
    public async Task M25_the_button_takes_live_what_its_page_showed()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);
        await AskAsync(owner, id);
        await PressAsync(reviewer, id, "Approve");
        var read = await owner.OpenAsync($"/apps/{id}/production");
        await PressAsync(owner, id, "Withdraw");
        await AskAsync(owner, id, ("Input.RedirectUris", "https://khac.mau.example/callback"));
        await PressAsync(reviewer, id, "Approve");

        var page = await OwnersOffice.SendAsync(owner, read, $"/apps/{id}/production?handler=Live", []);

        Assert.Contains("đã thay đổi từ khi bạn mở trang", page.Text, StringComparison.Ordinal);
        Assert.Equal(ApplicationState.Approved, (await office.FindAsync(id)).State);
    }

    [Theory, InlineData("", "sửa địa chỉ", "Nhập lý do"), InlineData("địa chỉ chưa đúng", " ", "cần làm tiếp")]
    public async Task A_refusal_carries_a_reason_and_a_next_step(string reason, string step, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);
        await AskAsync(owner, id);

        var page = await PressAsync(reviewer, id, "Refuse", ("Input.Reason", reason), ("Input.NextStep", step));
        await PressAsync(reviewer, id, "Refuse", ("Input.Reason", "địa chỉ chưa đúng"), ("Input.NextStep", "sửa địa chỉ"));

        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        var told = await owner.OpenAsync($"/apps/{id}/production");
        Assert.Contains("địa chỉ chưa đúng", told.Text, StringComparison.Ordinal);
        Assert.Contains("sửa địa chỉ", told.Text, StringComparison.Ordinal);
        Assert.Equal(ApplicationState.Sandbox, (await office.FindAsync(id)).State);
    }

    [Fact]
    public async Task What_changes_in_the_sandbox_after_the_request_does_not_go_live_with_it()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);
        await AskAsync(owner, id);
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/look"), $"/apps/{id}/look", ("Input.NameVi", "Tên khác"));

        await PressAsync(reviewer, id, "Approve");
        await PressAsync(owner, id, "Live");

        var clientId = (await office.FindAsync(id)).ProductionClientId;
        Assert.Equal("Hồ sơ đất đai", (await office.Admin.WithAsync(async (ClientDocuments documents) => await documents.FindAsync(clientId, CancellationToken.None)))!.Client.ClientName.Vi);
    }

    [Fact]
    public async Task What_was_changed_in_production_meanwhile_sends_the_request_back()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await LiveAsync(office, owner, reviewer);
        await AskAsync(owner, id, ("Input.RedirectUris", "https://moi.mau.example/callback"));
        await PressAsync(reviewer, id, "Approve");
        var clientId = (await office.FindAsync(id)).ProductionClientId!;
        await office.Admin.InDatabaseAsync(async db =>
        {
            // Switched off by the operators.
            var item = await db.ConfigurationItems.SingleAsync(i => i.Name == clientId);
            (item.Document, item.Version) = (item.Document.Replace("\"enabled\": true", "\"enabled\": false", StringComparison.Ordinal), item.Version + 1);
            return await db.SaveChangesAsync();
        });

        Assert.Contains("thay đổi", (await PressAsync(owner, id, "Live")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_secret_does_not_stop_a_request()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await LiveAsync(office, owner, reviewer);
        await AskAsync(owner, id, ("Input.RedirectUris", "https://moi.mau.example/callback"));
        await PressAsync(reviewer, id, "Approve");
        var keys = await owner.OpenAsync($"/apps/{id}/keys");
        var production = keys.Forms.First(f => f.GetAttribute("action")!.EndsWith("Add", StringComparison.Ordinal) && f.QuerySelector("input[value=Production]") is not null);
        await owner.Browser.PostAsync(new Uri(keys.Address, production.GetAttribute("action")).AbsoluteUri, production.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)));

        await PressAsync(owner, id, "Live");

        var clientId = (await office.FindAsync(id)).ProductionClientId;
        var client = (await office.Admin.WithAsync(async (ClientDocuments documents) => await documents.FindAsync(clientId, CancellationToken.None)))!.Client;
        Assert.Equal((2, "https://moi.mau.example/callback"), (client.Secrets.Count, Assert.Single(client.RedirectUris)));
    }

    [Theory]
    [InlineData("Input.RedirectUris", "http://localhost:8080/callback", "Danh mục kiểm tra còn mục chưa đạt")]
    [InlineData("Input.RedirectUris", "", "Có giá trị chưa đúng")]
    public async Task A_request_that_is_not_ready_is_not_sent(string field, string value, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await TriedAsync(office, owner);

        Assert.Contains(says, (await AskAsync(owner, id, (field, value))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await office.Admin.InDatabaseAsync(db => db.ProductionRequests.CountAsync()));
    }

    [Theory, InlineData("ServerWeb"), InlineData("Machine")]
    public async Task A_request_without_a_contact_leads_to_its_field(string kind)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var form = office.GoodStart();
        form["Input.Kind"] = kind;
        var id = await office.RegisterAsync(owner, form);

        var page = await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/production"), $"/apps/{id}/production?handler=Ask", new Dictionary<string, string> { ["Input.Contact"] = " " });

        Assert.Contains("Nhập nơi liên hệ", page.Text, StringComparison.Ordinal);
        var link = Assert.Single(page.Document.QuerySelectorAll("#faults a"));
        Assert.NotNull(page.Document.QuerySelector($"input{link.GetAttribute("href")}"));
    }

    [Fact]
    public async Task M24_An_owner_and_an_invented_mailbox_do_not_go_live()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner, joined: false);

        Assert.Contains("Danh mục kiểm tra còn mục chưa đạt", (await AskAsync(owner, id)).Text, StringComparison.Ordinal);
        var second = await office.JoinAsync();
        await AskAsync(owner, id);
        await PressAsync(reviewer, id, "Approve");
        // The second one is gone before the button is pressed.
        await office.Admin.InDatabaseAsync(db => db.Affiliations.Where(a => a.PersonId == second).ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, DateTimeOffset.UtcNow)));
        Assert.Contains("Danh mục kiểm tra còn mục chưa đạt", (await PressAsync(owner, id, "Live")).Text, StringComparison.Ordinal);
        Assert.Null((await office.FindAsync(id)).ProductionClientId);
    }

    [Fact]
    public async Task Both_sides_comment_in_place()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await TriedAsync(office, owner);
        await AskAsync(owner, id);

        await PressAsync(reviewer, id, "Comment", ("Input.Item", "Purpose"), ("Input.Text", "Người dân hiểu câu này thế nào?"));
        var page = await PressAsync(owner, id, "Comment", ("Input.Item", "Purpose"), ("Input.Text", "Đã hỏi năm người dân."));

        Assert.Contains("Người dân hiểu câu này thế nào?", page.Text, StringComparison.Ordinal);
        Assert.Contains("Đã hỏi năm người dân.", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-27T03:00:00Z", "2026-12-01T10:00:00Z")]
    [InlineData("2026-11-28T20:00:00Z", "2026-12-01T10:00:00Z")]
    [InlineData("2026-12-30T03:00:00Z", "2027-01-04T10:00:00Z")]
    public void The_clock_counts_days_on_which_offices_are_open(string asked, string due)
    {
        var options = new ReviewOptions { Holidays = { new DateOnly(2027, 1, 1) } };

        Assert.Equal(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), options.DueFrom(DateTimeOffset.Parse(asked, System.Globalization.CultureInfo.InvariantCulture), new()));
    }

    [Fact]
    public void The_province_may_decide_how_many_days_a_review_takes_and_which_are_holidays() => Assert.Equal(
        new DateTimeOffset(2026, 12, 4, 10, 0, 0, TimeSpan.Zero),
        new ReviewOptions().DueFrom(new DateTimeOffset(2026, 11, 30, 3, 0, 0, TimeSpan.Zero), new() { WorkingDays = 3, Holidays = [new DateOnly(2026, 12, 2)] }));

    internal static async Task<Guid> TriedAsync(OwnersOffice office, AdminVisitor owner, bool joined = true)
    {
        var id = await office.RegisterAsync(owner);
        if (joined) await office.JoinAsync();
        await office.Admin.InDatabaseAsync(db => db.Applications.ExecuteUpdateAsync(set => set.SetProperty(a => a.TriedAt, DateTimeOffset.UtcNow)));
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/sign-in"), $"/apps/{id}/sign-in", ("Input.PostLogoutRedirectUris", "http://localhost:8080/signed-out"));
        return id;
    }

    internal static async Task<Guid> LiveAsync(OwnersOffice office, AdminVisitor owner, AdminVisitor reviewer)
    {
        var id = await TriedAsync(office, owner);
        await AskAsync(owner, id);
        await PressAsync(reviewer, id, "Approve");
        await PressAsync(owner, id, "Live");
        Assert.Equal(ApplicationState.Live, (await office.FindAsync(id)).State);
        return id;
    }

    internal static async Task<TestPage> AskAsync(AdminVisitor owner, Guid id, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.RedirectUris"] = "https://datdai.mau.example/callback", ["Input.PostLogoutRedirectUris"] = "https://datdai.mau.example/signed-out", ["Input.InitiateLoginUri"] = "https://datdai.mau.example/signin", ["Input.Contact"] = "hotro@mau.example",
        };
        foreach (var (name, value) in changes) fields[name] = value;
        return await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/production"), $"/apps/{id}/production?handler=Ask", fields);
    }

    internal static async Task<TestPage> PressAsync(AdminVisitor visitor, Guid id, string handler, params (string Name, string Value)[] fields) =>
        await OwnersOffice.SendAsync(visitor, await visitor.OpenAsync($"/apps/{id}/production"), $"/apps/{id}/production?handler={handler}", fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static Task<AdminActor> ActorAsync(OwnersOffice office, AdminVisitor visitor) => office.Admin.WithAsync((RoleBook roles) => roles.ActorAsync(visitor.PersonId, CancellationToken.None));
}
