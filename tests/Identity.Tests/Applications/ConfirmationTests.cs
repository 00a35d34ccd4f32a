using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Identity.Tests.Applications.ConfirmationStage;

namespace Identity.Tests.Applications;

/// <summary>Once a year owners say that an application is still in use. Silence is told on and switches nothing off.</summary>
public sealed class ConfirmationTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    public static TheoryData<Engine> EnginesOfThisRun => Engines.All;

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task Every_owner_is_reminded_once_at_each_step_and_once_when_it_is_overdue(Engine engine)
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(engine, clock);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        var due = (await office.FindAsync(id)).ConfirmationDueAt!.Value;

        var (letters, told, last) = (new List<int>(), new List<(string Recipient, string Kind)>(), Guid.Empty);
        foreach (var day in new[] { -61, -60, -59, -30, -7, -1, 1, 40 })
        {
            clock.Advance(due.AddDays(day).AddMinutes(1) - clock.GetUtcNow());
            await office.BothNodesAsync();
            await office.BothNodesAsync();
            // Read at once: a day later they are too old to be sent, and say nothing any more.
            var sent = await office.LettersAsync(last);
            letters.Add(sent.Count);
            told.AddRange(sent.Select(l => (l.Recipient, l.Values["kind1"])));
            last = sent.Count > 0 ? sent[^1].Id : last;
        }

        Assert.Equal(365, (due - Start).TotalDays, 0.1);
        // Two owners; at 60, 30, 7 and 1 days and once afterwards.
        Assert.Equal([0, 2, 0, 2, 2, 2, 2, 0], letters);
        Assert.Equal(5, told.Count(l => l.Recipient == "hai@xa.mau.example"));
        Assert.Equal([.. Enumerable.Repeat("ClientConfirmation", 8), "ClientUnconfirmed", "ClientUnconfirmed"], told.Select(l => l.Kind));
        Assert.True((await office.ProductionAsync(id)).Enabled);
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task One_button_of_one_owner_confirms_for_a_year(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        using var second = await office.OfficialAsync();
        await office.TakeUpAsync(second);
        var before = await owner.OpenAsync($"/apps/{id}");
        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(10));
        var (work, asked, others) = (await owner.OpenAsync("/"), await owner.OpenAsync($"/apps/{id}"), await second.OpenAsync($"/apps/{id}"));

        var confirmed = await ConfirmAsync(owner, asked, id, "0900 000 001");
        var late = await ConfirmAsync(second, others, id);

        Assert.DoesNotContain(before.Forms, f => f.GetAttribute("action")!.EndsWith("Confirm", StringComparison.Ordinal));
        Assert.Contains("Hồ sơ đất đai: hãy trả lời trước ngày", work.Text, StringComparison.Ordinal);
        Assert.Contains("Ứng dụng đã được xác nhận là còn dùng", confirmed.Text, StringComparison.Ordinal);
        Assert.Contains("Hiện không có câu hỏi nào đang chờ", late.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hãy trả lời trước ngày", (await owner.OpenAsync("/")).Text, StringComparison.Ordinal);
        var app = await office.FindAsync(id);
        Assert.Equal(("0900 000 001", AdminActor.NameOf(owner.PersonId)), (app.Contact, app.ConfirmedBy));
        Assert.Equal(TimeSpan.FromDays(365), app.ConfirmationDueAt!.Value - app.ConfirmedAt!.Value);
        var row = await office.Admin.InDatabaseAsync(db => db.AuditEvents.SingleAsync(a => a.Name == "application.confirmed"));
        Assert.Equal((app.ProductionClientId, owner.PersonId, AdminActor.NameOf(owner.PersonId)), (row.ClientId, row.PersonId!.Value, row.Actor));
    }

    [Fact]
    public async Task Beside_the_question_stand_the_facts_that_answer_it()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        using var second = await office.OfficialAsync();
        await office.TakeUpAsync(second);
        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(10));
        var clientId = (await office.FindAsync(id)).ProductionClientId!;
        var hour = Identity.Domain.Statistics.StatisticHour.HourOf(DateTimeOffset.UtcNow.AddHours(-2));
        await office.Admin.InDatabaseAsync(async db =>
        {
            db.StatisticHours.Add(new() { Hour = hour, Day = Identity.Domain.Statistics.StatisticHour.DayOf(hour), Name = "code.issued", Connector = "vnconnect", ClientId = clientId, Reason = "", Amount = 7 });
            await db.Affiliations.Where(a => a.PersonId == second.PersonId).ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, DateTimeOffset.UtcNow));
            return await db.SaveChangesAsync();
        });

        var facts = (await owner.OpenAsync($"/apps/{id}")).Document.QuerySelector("#still-used ~ dl")!.TextContent;

        foreach (var fact in (string[])["< 10", "hotro@mau.example", "Đang tham gia", "Không còn công tác"]) Assert.Contains(fact, facts, StringComparison.Ordinal);
        Assert.DoesNotContain("chưa biết", facts, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task Silence_switches_nothing_off_and_becomes_the_work_of_the_units_administrator(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        using var head = await office.HeadAsync(office.Agency);
        using var stranger = await office.HeadAsync(office.OtherAgency);
        using var province = await office.OfficialAsync(office.OtherAgency, AdminRole.Administrator);
        const string Told = "Hồ sơ đất đai của Cơ quan H99.71";

        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(-29));
        var early = await head.OpenAsync("/");
        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(-31));
        await office.BothNodesAsync();

        Assert.DoesNotContain(Told, early.Text, StringComparison.Ordinal);
        Assert.Contains(Told, (await head.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains(Told, (await province.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hồ sơ đất đai", (await stranger.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Hồ sơ đất đai đã quá hạn xác nhận", (await owner.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("chưa xác nhận, hạn", (await head.OpenAsync("/apps?of=unconfirmed")).Text, StringComparison.Ordinal);
        // To answer is the owners', also when others look after it.
        Assert.DoesNotContain((await head.OpenAsync($"/apps/{id}")).Forms, f => f.GetAttribute("action")!.EndsWith("Confirm", StringComparison.Ordinal));
        Assert.True((await office.ProductionAsync(id)).Enabled);
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task What_nobody_confirmed_is_listed_page_by_page(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var head = await office.HeadAsync(office.Agency);
        var now = DateTimeOffset.UtcNow;
        await office.Admin.InDatabaseAsync(db =>
        {
            for (var n = 0; n < ApplicationList.PageSize + 4; n++)
                db.Applications.Add(new() { UnitId = office.Agency, NameVi = $"Ứng dụng {n:00}", NameEn = $"App {n:00}", SandboxClientId = $"sandbox-{n}", ProductionClientId = $"live-{n}", CreatedAt = now, CreatedBy = "test", ConfirmationDueAt = now.AddDays(n < 2 ? 20 : -n) });
            return db.SaveChangesAsync();
        });

        var first = await head.OpenAsync("/apps?of=unconfirmed");
        var second = await head.OpenAsync(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal((ApplicationList.PageSize, 2), (first.Document.QuerySelectorAll("tbody tr").Length, second.Document.QuerySelectorAll("tbody tr").Length));
        Assert.DoesNotContain("Ứng dụng 01", first.Text + second.Text, StringComparison.Ordinal);
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
    }
}
