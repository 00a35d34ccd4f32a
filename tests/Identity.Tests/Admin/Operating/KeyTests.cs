using Identity.Domain.Administration;
using Identity.Domain.Keys;
using Identity.Hosting.Startup;
using Identity.Protocols.Jose;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Operating;

/// <summary>Rotation that is looked at first, and a withdrawal that takes two.</summary>
public sealed class KeyTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_rotation_is_previewed_and_publishes_ahead(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        var before = await CurrentAsync(admin);

        var plan = await visitor.SendAsync(await visitor.OpenAsync("/keys"), "/keys?handler=preview", ("Input.Algorithm", "ES256"), ("Input.Hours", "24"));
        Assert.Contains("giữ bộ khóa lâu hơn 24 giờ", plan.Text, StringComparison.Ordinal);
        var done = await visitor.SendAsync(plan, "/keys?handler=rotate", ("Input.Reason", "theo lịch năm"));

        Assert.Contains("Khóa mới đã được công bố.", done.Text, StringComparison.Ordinal);
        Assert.Contains("Kế tiếp", done.Text, StringComparison.Ordinal);
        await admin.Provider.Services.GetRequiredService<NodeSnapshot>().RefreshIfStaleAsync(CancellationToken.None);
        Assert.Equal(before, await CurrentAsync(admin));
        Assert.Equal(2, await admin.InDatabaseAsync(db => db.SigningKeys.CountAsync(k => k.Algorithm == "ES256" && k.RemovedAt == null)));
        Assert.Equal(1, await admin.TrailAsync("signing_key.rotation_ordered"));
    }

    [Fact]
    public async Task A_rotation_without_a_reason_comes_back_with_its_plan_and_marks_the_field()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        var plan = await visitor.SendAsync(await visitor.OpenAsync("/keys"), "/keys?handler=preview", ("Input.Algorithm", "ES256"), ("Input.Hours", "48"));

        var back = await visitor.SendAsync(plan, "/keys?handler=rotate", ("Input.Reason", ""));

        Assert.Contains("giữ bộ khóa lâu hơn 48 giờ", back.Text, StringComparison.Ordinal);
        Assert.Equal("#reason", back.Document.QuerySelector("#faults a")!.GetAttribute("href"));
        Assert.Equal("true", back.Document.QuerySelector("textarea#reason")!.GetAttribute("aria-invalid"));
        Assert.Equal("Viết lý do.", back.Document.QuerySelector("#reason-fault")!.TextContent);
    }

    [Theory, InlineData("/keys", "24"), InlineData("/elevate", "2")]
    public async Task A_form_begins_with_the_usual_hours(string path, string hours)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        Assert.Equal(hours, (await visitor.OpenAsync(path)).Document.QuerySelector("#hours")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_plan_that_was_made_before_somebody_elses_rotation_is_refused()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        var plan = await visitor.SendAsync(await visitor.OpenAsync("/keys"), "/keys?handler=preview", ("Input.Algorithm", "ES256"), ("Input.Hours", "24"));
        await visitor.SendAsync(plan, "/keys?handler=rotate", ("Input.Reason", "một"));

        var late = await visitor.SendAsync(plan, "/keys?handler=rotate", ("Input.Reason", "hai"));

        Assert.Contains("Bộ khóa vừa thay đổi.", late.Text, StringComparison.Ordinal);
        Assert.Equal(2, await admin.InDatabaseAsync(db => db.SigningKeys.CountAsync(k => k.Algorithm == "ES256")));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Keys_are_withdrawn_by_two_people_and_never_by_one(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var asker = await admin.SignInAsync(AdminRole.Operator);
        using var second = await admin.SignInAsync(AdminRole.Administrator);
        var before = await CurrentAsync(admin);
        await asker.SendAsync(await asker.OpenAsync("/keys"), "/keys?handler=ask", ("Input.Algorithm", "ES256"), ("Input.Reason", "máy chủ bị lấy cắp"));

        var own = await asker.SendAsync(await asker.OpenAsync("/keys"), "/keys?handler=decide", ("carry", "true"));
        Assert.Contains("không tự duyệt", own.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CurrentAsync(admin));
        Assert.Contains("Có yêu cầu rút ngay mọi khóa ES256.", (await second.OpenAsync("/")).Text, StringComparison.Ordinal);
        var done = await second.SendAsync(await second.OpenAsync("/keys"), "/keys?handler=decide", ("carry", "true"));

        Assert.Contains("Đã rút khóa.", done.Text, StringComparison.Ordinal);
        await admin.Provider.Services.GetRequiredService<NodeSnapshot>().RefreshIfStaleAsync(CancellationToken.None);
        Assert.NotEqual(before, await CurrentAsync(admin));
        Assert.DoesNotContain(admin.Provider.Services.GetRequiredService<SigningKeyRing>().Published.Keys, k => k.KeyId == before);
        Assert.Equal((1, 1), (await admin.TrailAsync("signing_key.withdrawal_asked"), await admin.TrailAsync("signing_key.withdrawal_carried")));
    }

    [Fact]
    public async Task An_old_request_is_no_longer_carried_out()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock, builder => builder.Configuration["Admin:Idle"] = "12:00:00");
        using var asker = await admin.SignInAsync(AdminRole.Operator);
        using var second = await admin.SignInAsync(AdminRole.Operator);
        await asker.SendAsync(await asker.OpenAsync("/keys"), "/keys?handler=ask", ("Input.Algorithm", "ES256"), ("Input.Reason", "nghi ngờ"));
        var id = await admin.InDatabaseAsync(db => db.KeyWithdrawals.Select(w => w.Id).SingleAsync());

        clock.Advance(TimeSpan.FromHours(9));
        var actor = await admin.ActorAsync(second.PersonId);

        Assert.Equal(KeyRefusal.Answered, await admin.WithAsync((KeyOffice office) => office.DecideWithdrawalAsync(actor, id, carry: true, CancellationToken.None)));
    }

    private static Task<string> CurrentAsync(TestAdmin admin) => Task.FromResult(admin.Provider.Services.GetRequiredService<SigningKeyRing>().Current(JwsAlgorithms.Es256).KeyId);
}
