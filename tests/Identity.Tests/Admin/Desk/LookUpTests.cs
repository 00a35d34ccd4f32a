using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Notices;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>One record at a time, by an exact key, for a reason that its person reads.</summary>
public sealed class LookUpTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_full_number_opens_a_masked_record_and_the_trail_says_why(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var person = await stage.CitizenAsync();
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await DeskStage.OpenRecordAsync(desk, ("Input.CaseNumber", "HS-12/2026"));

        Assert.Contains("••••0001", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(DeskStage.Number, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyễn Thị Ẩn", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(person.ToString(), page.Address.AbsoluteUri, StringComparison.Ordinal);
        var row = await stage.Admin.InDatabaseAsync(db => db.AuditEvents.SingleAsync(a => a.Name == DeskLedger.LookedUp));
        Assert.Equal((person, "AskedForHelp", AdminActor.NameOf(desk.PersonId)), (row.PersonId!.Value, row.Reason, row.Actor));
        Assert.Equal(new LookUpTrace(null, "HS-12/2026", "PersonalNumber"), LookUpTrace.Read(row.Detail));
        Assert.Equal(1, await stage.Admin.InDatabaseAsync(db => db.Notices.CountAsync(n => n.PersonId == person && n.Kind == NoticeKind.RecordLookedUp)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_person_reads_in_their_history_who_looked_and_because_of_what(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var citizen = await FactorVisitor.NewAsync(stage.Admin.Provider);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await DeskStage.OpenRecordAsync(desk, ("Input.Key", nameof(LookUpKey.LocalAccount)), ("Input.Text", citizen.Name.ToUpperInvariant()), ("Input.CaseNumber", "P-7"));
        await DeskStage.PostAsync(desk, page, $"{page.Address.AbsolutePath}/reveal", ("fact", "email"));

        var history = await citizen.OpenAsync("/account/activity");
        Assert.Contains("Hồ sơ của bạn được mở bởi bộ phận hỗ trợ của tỉnh vì bạn nhờ hỗ trợ, mã hồ sơ P-7", history.Text, StringComparison.Ordinal);
        Assert.Contains("Bộ phận hỗ trợ của tỉnh xem đầy đủ", history.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_top_and_beside_its_field_and_nothing_typed_is_lost()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await DeskStage.LookUpAsync(desk, ("Input.Reason", ""));

        Assert.Equal(("#reason", "Chọn lý do tra cứu."), (page.Document.QuerySelector("#faults a")!.GetAttribute("href"), page.Document.QuerySelector("#reason-fault")!.TextContent));
        var field = page.Document.QuerySelector("select#reason")!;
        Assert.Equal(("true", "reason-hint reason-fault"), (field.GetAttribute("aria-invalid"), field.GetAttribute("aria-describedby")));
        Assert.Equal(DeskStage.Number, page.Document.QuerySelector("#text")!.GetAttribute("value"));
        Assert.Null(page.Document.QuerySelector("#text")!.GetAttribute("aria-invalid"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_last_four_digits_need_the_year_and_a_case(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        await stage.CitizenAsync();
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        (string, string)[] good = [("Input.Key", nameof(LookUpKey.NumberEnding)), ("Input.Text", "0001"), ("Input.BirthYear", "1968"), ("Input.CaseNumber", "HS-1")];

        await DeskStage.OpenRecordAsync(desk, good);
        Assert.Contains("cần số hồ sơ", (await DeskStage.LookUpAsync(desk, [.. good, ("Input.CaseNumber", "")])).Text, StringComparison.Ordinal);
        Assert.Contains("Không tìm thấy ai", (await DeskStage.LookUpAsync(desk, [.. good, ("Input.BirthYear", "1969")])).Text, StringComparison.Ordinal);
        Assert.Contains("không đúng dạng", (await DeskStage.LookUpAsync(desk, [.. good, ("Input.Text", "001")])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_tries_year_after_year_is_stopped()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var page = await desk.OpenAsync("/people");
        for (var year = 1950; year < 1970; year++)
            page = await desk.SubmitAsync(page, "/people", ("Input.Key", nameof(LookUpKey.NumberEnding)), ("Input.Text", "0001"), ("Input.BirthYear", $"{year}"), ("Input.CaseNumber", "HS-1"), ("Input.Reason", nameof(LookUpReason.Complaint)));
        Assert.Contains("Không tìm thấy ai", page.Text, StringComparison.Ordinal);

        page = await desk.SubmitAsync(page, "/people", ("Input.Key", nameof(LookUpKey.NumberEnding)), ("Input.Text", "0001"), ("Input.BirthYear", "1970"), ("Input.CaseNumber", "HS-1"), ("Input.Reason", nameof(LookUpReason.Complaint)));

        Assert.Contains("quá nhiều trong một giờ", page.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("Input.Reason", ""), InlineData("Input.Reason", "Curiosity"), InlineData("Input.CaseNumber", "Nguyễn Thị Ẩn ở nhà"), InlineData("Input.Text", "12345"), InlineData("Input.Text", "")]
    public async Task Without_reason_or_with_a_wrong_key_nobody_is_looked_up(string field, string value)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        await stage.CitizenAsync();
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await DeskStage.LookUpAsync(desk, (field, value));

        Assert.StartsWith("Lỗi:", page.Document.Title, StringComparison.Ordinal);
        Assert.Equal(0, await stage.CountAsync(DeskLedger.LookedUp));
    }

    [Fact]
    public async Task M1_a_look_up_opens_for_its_own_actor_alone_and_for_half_an_hour()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        await stage.CitizenAsync();
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var other = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var path = (await DeskStage.OpenRecordAsync(desk)).Address.AbsolutePath;

        Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await desk.OpenAsync(path)).Status);
        stage.Admin.Clock!.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await desk.OpenAsync(path)).Status);
        stage.Admin.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.OpenAsync(path)).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M1_an_agency_reaches_its_own_people_in_office_and_nobody_else(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        await stage.OfficialAsync(stage.Division);
        await stage.OfficialAsync(stage.Science, "096168000002");
        await stage.CitizenAsync("096168000003");
        using var agency = await stage.AgencyAsync(stage.Home);

        Assert.Equal("Hồ sơ của một người", (await DeskStage.LookUpAsync(agency)).Heading);
        var other = await DeskStage.LookUpAsync(agency, ("Input.Text", "096168000002"));
        var nobody = await DeskStage.LookUpAsync(agency, ("Input.Text", "096168000009"));
        Assert.Contains("Không tìm thấy ai", other.Text, StringComparison.Ordinal);
        Assert.Equal(nobody.Text, other.Text);
        Assert.Equal(nobody.Text, (await DeskStage.LookUpAsync(agency, ("Input.Text", "096168000003"))).Text);
        Assert.Equal(1, await stage.CountAsync(DeskLedger.LookedUp));
    }

    [Fact]
    public async Task M2_writing_a_strangers_number_into_a_personnel_list_brings_no_agency_to_them()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var stranger = await stage.CitizenAsync();
        await stage.PutInOfficeAsync(stranger, stage.Division, usedAt: null);
        using var agency = await stage.AgencyAsync(stage.Home);

        Assert.Contains("Không tìm thấy ai", (await DeskStage.LookUpAsync(agency)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agency_sees_what_belongs_to_the_office_and_the_person_reads_which_agency_it_was()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        await stage.OfficialAsync(stage.Division);
        using var agency = await stage.AgencyAsync(stage.Home);

        var page = await DeskStage.OpenRecordAsync(agency);

        Assert.DoesNotContain("0001", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1968", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await DeskStage.PostAsync(agency, page, $"{page.Address.AbsolutePath}/reveal", ("fact", "personal_number"))).Status);
        var detail = await stage.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == DeskLedger.LookedUp).Select(a => a.Detail).SingleAsync());
        Assert.Equal("Sở Nội vụ", LookUpTrace.Read(detail).Office);
    }

    [Fact]
    public async Task One_value_is_shown_in_full_once_and_that_is_a_row()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var person = await stage.CitizenAsync();
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var page = await DeskStage.OpenRecordAsync(desk);

        var shown = await DeskStage.PostAsync(desk, page, $"{page.Address.AbsolutePath}/reveal", ("fact", "personal_number"));

        Assert.Contains(DeskStage.Number, shown.Text, StringComparison.Ordinal);
        Assert.Equal(1, await stage.CountAsync("person.value_shown", person));
        Assert.DoesNotContain(DeskStage.Number, (await desk.OpenAsync(page.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(DeskStage.Number, string.Join('\n', await stage.Admin.InDatabaseAsync(db => db.AuditEvents.Select(a => a.Detail).ToListAsync())), StringComparison.Ordinal);
    }
}
