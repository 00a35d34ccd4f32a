using System.Net;
using Identity.Domain.Administration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Operating;

/// <summary>More rights for some hours, and the glass that nobody breaks quietly.</summary>
public sealed class ElevationTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_operator_is_an_administrator_for_the_hours_that_somebody_else_agreed_to(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow), builder => builder.Configuration["Admin:Idle"] = "12:00:00");
        using var asker = await admin.SignInAsync(AdminRole.Operator);
        using var giver = await admin.SignInAsync(AdminRole.Administrator);
        await AskAsync(asker, "2", "đổi máy chủ đêm nay");

        var work = await giver.OpenAsync("/");
        Assert.Contains("Nguyễn Thị Ẩn xin thêm quyền trong 2 giờ.", work.Text, StringComparison.Ordinal);
        var roles = await giver.OpenAsync("/roles");
        await giver.SendAsync(roles, "/roles?handler=decide", ("grant", "true"));

        Assert.Equal(HttpStatusCode.OK, (await asker.OpenAsync("/roles")).Status);
        admin.Clock!.Advance(TimeSpan.FromMinutes(121));
        Assert.Equal(HttpStatusCode.Forbidden, (await asker.OpenAsync("/roles")).Status);
        Assert.Equal((1, 1), (await admin.TrailAsync("elevation.asked"), await admin.TrailAsync("elevation.granted")));
    }

    [Theory, InlineData("9"), InlineData("0"), InlineData("-1")]
    public async Task Nobody_is_more_for_longer_than_eight_hours(string hours)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var asker = await admin.SignInAsync(AdminRole.Operator);

        Assert.Contains("từ 1 đến 8 giờ", (await AskAsync(asker, hours, "lý do")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await admin.InDatabaseAsync(db => db.ElevationRequests.CountAsync()));
    }

    [Fact]
    public async Task Who_asked_cannot_answer_even_while_they_hold_the_role_by_another_way()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var asker = await admin.SignInAsync(AdminRole.Operator);
        await AskAsync(asker, "2", "lý do");
        var id = await admin.InDatabaseAsync(db => db.ElevationRequests.Select(e => e.Id).SingleAsync());
        await admin.GiveAsync(asker.PersonId, AdminRole.Administrator);
        var actor = await admin.ActorAsync(asker.PersonId);

        Assert.Equal(RoleRefusal.Oneself, await admin.WithAsync((Elevations elevations) => elevations.DecideAsync(actor, id, grant: true, CancellationToken.None)));
        Assert.Equal(0, await admin.InDatabaseAsync(db => db.RoleAssignments.CountAsync(r => r.Kind == RoleAssignmentKind.Elevation)));
    }

    [Fact]
    public async Task One_request_is_answered_once()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var asker = await admin.SignInAsync(AdminRole.Operator);
        using var giver = await admin.SignInAsync(AdminRole.Administrator);
        await AskAsync(asker, "2", "lý do");
        var id = await admin.InDatabaseAsync(db => db.ElevationRequests.Select(e => e.Id).SingleAsync());
        var actor = await admin.ActorAsync(giver.PersonId);

        Assert.Null(await admin.WithAsync((Elevations elevations) => elevations.DecideAsync(actor, id, grant: false, CancellationToken.None)));
        Assert.Equal(RoleRefusal.Answered, await admin.WithAsync((Elevations elevations) => elevations.DecideAsync(actor, id, grant: true, CancellationToken.None)));
        Assert.Equal(0, await admin.InDatabaseAsync(db => db.RoleAssignments.CountAsync(r => r.Kind == RoleAssignmentKind.Elevation)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_broken_glass_opens_for_an_hour_and_everybody_who_gives_roles_hears_of_it(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow), builder => builder.Configuration["Admin:Idle"] = "12:00:00");
        using var giver = await admin.SignInAsync(AdminRole.Administrator);
        using var operating = await admin.SignInAsync(AdminRole.Operator);

        var page = await operating.SendAsync(await operating.OpenAsync("/elevate"), "/elevate?handler=break", ("Input.Reason", "không ai trả lời, cổng bị chặn"));

        Assert.Contains("Bạn có thêm quyền trong 1 giờ", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await operating.OpenAsync("/roles")).Status);
        Assert.Contains("đã nhận quyền khẩn cấp: không ai trả lời, cổng bị chặn", (await giver.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await admin.InDatabaseAsync(db => db.OutgoingMails.CountAsync(m => m.Template == "mail.glass_broken")));
        Assert.Equal(1, await admin.TrailAsync("elevation.glass_broken"));
        admin.Clock!.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Forbidden, (await operating.OpenAsync("/roles")).Status);
    }

    [Theory, InlineData(AdminRole.HelpDesk), InlineData(AdminRole.Auditor), InlineData(AdminRole.Reviewer)]
    public async Task Other_roles_break_no_glass(AdminRole role)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(role);
        var actor = await admin.ActorAsync(visitor.PersonId);

        Assert.Contains("không có quyền nào để xin thêm", (await visitor.OpenAsync("/elevate")).Text, StringComparison.Ordinal);
        Assert.Equal(RoleRefusal.NoElevation, await admin.WithAsync((Elevations elevations) => elevations.BreakGlassAsync(actor, "lý do", CancellationToken.None)));
    }

    private static async Task<TestPage> AskAsync(AdminVisitor visitor, string hours, string reason) =>
        await visitor.SendAsync(await visitor.OpenAsync("/elevate"), "/elevate?handler=ask", ("Input.Hours", hours), ("Input.Reason", reason));
}
