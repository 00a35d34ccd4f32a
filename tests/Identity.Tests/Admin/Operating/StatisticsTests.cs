using System.Net;
using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Statistics;
using Identity.Tests.Applications;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Operating;

/// <summary>Hours that are counted once, whatever happens; and numbers that say nothing about a few.</summary>
public sealed class StatisticsTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_trail_is_counted_once_however_often_and_wherever_it_is_counted(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        await FillAsync(admin);
        await RecordAsync(admin, 3, "signin.failed", "TimedOut", "portal", "vnconnect");
        await Task.WhenAll(FillAsync(admin), FillAsync(admin));
        await RecordAsync(admin, 2, "signin.failed", "TimedOut", "portal", "vnconnect");
        await FillAsync(admin);
        await FillAsync(admin);

        var rows = await admin.InDatabaseAsync(db => db.StatisticHours.Where(s => s.Name == "signin.failed" && s.Reason == "TimedOut").ToListAsync());

        Assert.Equal(5, rows.Sum(r => r.Amount));
        Assert.All(rows, r => Assert.Equal(("portal", "vnconnect"), (r.ClientId, r.Connector)));
    }

    [Fact]
    public async Task A_name_that_a_stranger_made_up_gets_no_row_of_its_own()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        await RecordAsync(admin, 1, "authorize.error_shown", "invalid_client", "made-up-1", null);
        await RecordAsync(admin, 1, "authorize.error_shown", "invalid_client", "made-up-2", null);

        await FillAsync(admin);

        Assert.Equal(2, await admin.InDatabaseAsync(db => db.StatisticHours.Where(s => s.Name == "authorize.error_shown" && s.ClientId == "").Select(s => s.Amount).SingleAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_hour_that_is_made_again_stays_what_it_is_and_takes_in_who_gave_up_late(Engine engine)
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 11, 20, 8, 10, 0, TimeSpan.Zero));
        await using var admin = await TestAdmin.StartAsync(engine, clock);
        await admin.SaveAsync(db => db.FailureRecords.Add(LostAt(clock.GetUtcNow())));
        clock.Advance(TimeSpan.FromHours(1));
        await RollUpAsync(admin);
        await admin.SaveAsync(db => db.FailureRecords.Add(LostAt(clock.GetUtcNow().AddMinutes(-30))));
        clock.Advance(TimeSpan.FromHours(1));
        await RollUpAsync(admin);
        await RollUpAsync(admin);

        var steps = await admin.InDatabaseAsync(db => db.StatisticHours.Where(s => s.Name == StatisticHour.Step).ToListAsync());

        Assert.Equal([("Asked", 2L), ("Chosen", 2L), ("Left", 2L)], steps.GroupBy(s => s.Reason).Select(g => (g.Key, g.Sum(s => s.Amount))).Order());
    }

    [Fact]
    public async Task The_pictures_answer_from_the_hours_and_hide_small_numbers()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        await RecordAsync(admin, 40, "code.issued", null, "portal", "vnconnect");
        await RecordAsync(admin, 12, "signin.failed", "TimedOut", "portal", "vnconnect");
        await RecordAsync(admin, 3, "signin.refused", "Suspended", "portal", "vnconnect");
        await FillAsync(admin);

        var page = await visitor.OpenAsync("/statistics");

        Assert.Equal(["Nơi đăng nhập trả lời quá chậm", "Tài khoản đang tạm khóa"], Column(page, "v3", 0).Take(2));
        Assert.Equal(["12", "< 10"], Column(page, "v3", 2).Take(2));
        Assert.Contains("27,3 % thất bại", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("td"), cell => cell.TextContent.Trim() == "3");
        foreach (var period in Enum.GetValues<PeriodLength>()) Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync($"/statistics?period={period}")).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Days_and_months_say_what_the_hours_said(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(engine, clock);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        await RollUpAsync(admin);
        // At both ends of days, months and the year, in Vietnam and in Greenwich, and in the hours that still change.
        var moments = new[] { 0.1, 0.9, 1.2, 2, 6, 6.4, 7, 13, 19, 19.35, 19.6, 20, 29, 30, 50, 80.7, 200, 353, 354.3, 355, 370, 400, 500, 700 };
        await admin.SaveAsync(db => db.StatisticHours.AddRange(moments.SelectMany((days, n) => HoursAt(StatisticHour.HourOf(clock.GetUtcNow().AddDays(-days)), 10 + n))));
        var (before, changing) = (await PicturesAsync(visitor), StatisticHour.DayOf(clock.GetUtcNow().AddDays(-1)));

        await RollUpDaysAsync(admin);
        await RollUpDaysAsync(admin);

        Assert.True(await admin.InDatabaseAsync(db => db.StatisticSpans.AnyAsync(s => s.Day < 999_999)));
        Assert.True(await admin.InDatabaseAsync(db => db.StatisticSpans.AnyAsync(s => s.Day > 999_999)));
        Assert.False(await admin.InDatabaseAsync(db => db.StatisticSpans.AnyAsync(s => s.Day >= changing)));
        Assert.Equal(before, await PicturesAsync(visitor));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_day_is_not_rolled_up_while_rows_of_it_wait_to_be_counted(Engine engine)
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 11, 10, 8, 10, 0, TimeSpan.Zero));
        await using var admin = await TestAdmin.StartAsync(engine, clock);
        await FillAsync(admin);
        await RecordAsync(admin, 12, "signin.failed", "TimedOut", "portal", "vnconnect");
        await FillAsync(admin);
        await RecordAsync(admin, 5, "signin.failed", "TimedOut", "portal", "vnconnect");
        clock.Advance(TimeSpan.FromDays(9));
        await RollUpAsync(admin);

        await RollUpDaysAsync(admin);
        Assert.False(await admin.InDatabaseAsync(db => db.StatisticSpans.AnyAsync()));
        await FillAsync(admin);
        await RollUpDaysAsync(admin);

        Assert.Equal([17L, 17L], await admin.InDatabaseAsync(db => db.StatisticSpans.Where(s => s.Day == 20261110 && s.Reason == "TimedOut").Select(s => s.Amount).ToListAsync()));
    }

    [Fact]
    public async Task Every_picture_has_a_table_with_the_same_numbers()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        await RecordAsync(admin, 40, "session.started", null, null, "vnconnect");
        await FillAsync(admin);

        var page = await visitor.OpenAsync("/statistics");

        var pictures = page.Document.QuerySelectorAll("svg[role=img]");
        Assert.NotEmpty(pictures);
        Assert.All(pictures, svg => Assert.NotNull(svg.ParentElement!.QuerySelector("table")));
        Assert.All(pictures, svg => Assert.NotEmpty(svg.GetAttribute("aria-label")!));
    }

    [Fact]
    public async Task The_feed_gives_hours_and_hides_what_is_few()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        await RecordAsync(admin, 12, "signin.failed", "TimedOut", "portal", "vnconnect");
        await RecordAsync(admin, 3, "signin.failed", "Refused", "portal", "vnconnect");
        await FillAsync(admin);

        var csv = (await visitor.OpenAsync("/statistics.csv")).Html;
        using var json = JsonDocument.Parse((await visitor.OpenAsync("/statistics.json")).Html);

        Assert.Contains("\"signin.failed\",\"vnconnect\",\"portal\",\"TimedOut\",12\r\n", csv, StringComparison.Ordinal);
        Assert.Contains("\"Refused\",<10\r\n", csv, StringComparison.Ordinal);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("name").GetString() + r.GetProperty("reason").GetString());
        Assert.Equal(12, rows["signin.failedTimedOut"].GetProperty("count").GetInt64());
        Assert.False(rows["signin.failedRefused"].TryGetProperty("count", out _));
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.OpenAsync("/statistics.json?from=2026-01-01&to=2026-12-31")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.OpenAsync("/statistics.csv?from=yesterday")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/statistics.xml")).Status);
    }

    [Fact]
    public async Task Who_has_no_application_sees_no_number_by_any_address()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync();
        await RecordAsync(admin, 12, "signin.failed", "TimedOut", "portal", "vnconnect");
        await FillAsync(admin);

        Assert.Contains("Chưa có ứng dụng nào", (await visitor.OpenAsync("/statistics")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("12", (await visitor.OpenAsync("/statistics?app=portal")).Document.QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
        Assert.Equal("hour,name,connector,client_id,reason,count\r\n", (await visitor.OpenAsync("/statistics.csv")).Html);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M1_an_owner_and_their_agency_see_the_numbers_of_their_own_application_alone(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var agency = await AdministratorOfAsync(office.Admin, office.Agency);
        using var other = await AdministratorOfAsync(office.Admin, office.OtherAgency);
        var client = (await office.FindAsync(await office.RegisterAsync(owner))).SandboxClientId;
        await office.RefreshAdminAsync();
        await RecordAsync(office.Admin, 12, "signin.failed", "TimedOut", client, "vnconnect");
        await RecordAsync(office.Admin, 12, "signin.failed", "TimedOut", "portal", "vnconnect");
        await FillAsync(office.Admin);

        foreach (var (visitor, sees) in new[] { (owner, true), (agency, true), (other, false) })
        {
            var feed = (await visitor.OpenAsync("/statistics.csv")).Html;
            Assert.Equal(sees, feed.Contains($"\"{client}\",\"TimedOut\",12", StringComparison.Ordinal));
            Assert.DoesNotContain("portal", feed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reason_that_doubled_against_last_week_is_work()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        var hour = StatisticHour.HourOf(clock.GetUtcNow()).AddHours(-1);
        await admin.SaveAsync(db => db.StatisticHours.AddRange(HourOf(hour, "TimedOut", 30), HourOf(hour.AddDays(-7), "TimedOut", 14), HourOf(hour, "Refused", 30), HourOf(hour.AddDays(-7), "Refused", 29)));

        var work = (await visitor.OpenAsync("/")).Text;

        Assert.Contains("Nơi đăng nhập trả lời quá chậm: 30 lần trong giờ qua, tuần trước 14.", work, StringComparison.Ordinal);
        Assert.DoesNotContain("Nơi đăng nhập từ chối", work, StringComparison.Ordinal);
    }

    [Theory, InlineData(0.5, 4.0), InlineData(0.75, 6.0), InlineData(0.25, 3.0)]
    public void A_percentile_is_read_off_within_its_step(double share, double seconds) =>
        Assert.Equal(seconds, WaitBuckets.Percentile(new Dictionary<int, long> { [4] = 50, [5] = 50 }, share));

    [Theory, InlineData(0, "vi", "0"), InlineData(1, "vi", "< 10"), InlineData(9, "en", "< 10"), InlineData(10, "vi", "10"), InlineData(13840, "vi", "13.840"), InlineData(13840, "en", "13,840")]
    public void Numbers_are_written_as_each_language_writes_them(long amount, string language, string text) => Assert.Equal(text, SmallNumber.Text(amount, language));

    private static async Task<AdminVisitor> AdministratorOfAsync(TestAdmin admin, Guid agency)
    {
        var visitor = await admin.NewVisitorAsync();
        await admin.GiveAsync(visitor.PersonId, AdminRole.AgencyAdministrator, agency);
        await visitor.SignInAsync();
        return visitor;
    }

    private static FailureRecord LostAt(DateTimeOffset at) => new() { Ending = FailureEnding.Expired, ClientId = "portal", Connector = "vnconnect", StartedAt = at.AddMinutes(-30), At = at, Steps = "Asked+0=ok Chosen+2000=ok Left+2100=ok" };

    private static StatisticHour HourOf(DateTimeOffset hour, string reason, long amount) =>
        new() { Hour = hour, Name = "signin.failed", Connector = "vnconnect", ClientId = "portal", Reason = reason, Day = StatisticHour.DayOf(hour), Amount = amount };

    private static Task RecordAsync(TestAdmin admin, int times, string name, string? reason, string? client, string? connector) => admin.SaveAsync(db =>
        db.AuditEvents.AddRange(Enumerable.Range(0, times).Select(_ => new AuditEvent { At = admin.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow, Name = name, Reason = reason, ClientId = client, Connector = connector })));

    private static Task<int> FillAsync(TestAdmin admin) => admin.WithAsync(async (StatisticsFiller filler) =>
    {
        await filler.FillAsync(CancellationToken.None);
        return 0;
    });

    private static Task<int> RollUpAsync(TestAdmin admin) => admin.WithAsync(async (HourlyRollUp rollUp) =>
    {
        await rollUp.RollUpAsync(CancellationToken.None);
        return 0;
    });

    private static Task<int> RollUpDaysAsync(TestAdmin admin) => admin.WithAsync(async (DailyRollUp rollUp) =>
    {
        await rollUp.RollUpAsync(CancellationToken.None);
        return 0;
    });

    private static IEnumerable<StatisticHour> HoursAt(DateTimeOffset hour, long amount) =>
        from row in new[] { ("session.started", "", "pwd+otp"), ("code.issued", "portal", ""), ("code.issued", "rp", ""), ("signin.failed", "portal", "TimedOut"), (StatisticHour.Step, "rp", "Chosen"), (StatisticHour.Wait, "", "upstream:3") }
        select new StatisticHour { Hour = hour, Name = row.Item1, Connector = "vnconnect", ClientId = row.Item2, Reason = row.Item3, Day = StatisticHour.DayOf(hour), Amount = amount };

    private static async Task<List<string>> PicturesAsync(AdminVisitor visitor)
    {
        var pictures = new List<string>();
        foreach (var app in (string[])["", "portal"])
            foreach (var period in Enum.GetValues<PeriodLength>()) pictures.Add((await visitor.OpenAsync($"/statistics?period={period}&app={app}")).Text);
        return pictures;
    }

    private static IEnumerable<string> Column(TestPage page, string section, int column) =>
        page.Document.QuerySelector($"#{section}")!.ParentElement!.QuerySelectorAll("tbody tr").Select(row => row.Children[column].TextContent.Trim());
}
