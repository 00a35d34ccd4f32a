using System.Text;
using Identity.Domain.Notices;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Organisations;

/// <summary>Joiners, movers and leavers: what a list does to standings, and whom it can never reach.</summary>
public sealed class StaffImportTests
{
    private const string An = "999168000001";
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Somebody_known_by_their_number_has_the_post_at_once_and_nobody_by_name_or_address(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        var weak = await provider.CitizenAsync("999090000002", "1990-01-31", ProofingLevel.Level01);

        var plan = await provider.AcceptListAsync(Row("CB-1", An), Row("CB-2", "999090000002"), Row("CB-3", null, "full@mau.example"));

        Assert.Equal((3, 0), (plan.Count(StaffChangeKind.Joiner), plan.Count(StaffChangeKind.Leaver)));
        var standing = Assert.Single(await provider.StandingsAsync(an));
        Assert.Equal((AffiliationKind.Official, RepresentationStrength.ConfirmedByAdministrator, "hr", "CB-1", true), (standing.Kind, standing.Strength, standing.Source, standing.SourceKey, standing.IsLiveAt(Start)));
        Assert.Empty(await provider.StandingsAsync(weak));
        Assert.Equal(["CB-2", "CB-3"], (await provider.DoAsync<StaffLists, IReadOnlyList<StaffListing>>(l => l.WaitingAsync(default))).Select(w => w.StaffNumber));
        Assert.Equal(["standing.began"], (await provider.TrailAsync(an)).Where(e => e.StartsWith("standing", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_post_waits_for_its_mailbox_and_then_for_the_directorys_id_and_no_longer_for_the_address(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var (holder, heir) = (await provider.CitizenAsync("999090000002", "1990-01-31"), await provider.CitizenAsync("999079000009", "1979-10-20"));
        await provider.AcceptListAsync(Row("CB-3", null, "binh@mau.example"));

        await provider.ArriveAsync(holder, Office.Mailbox("mail", "id-1", "Binh@mau.example"));
        Assert.Equal("CB-3", Assert.Single(await provider.StandingsAsync(holder)).SourceKey);
        Assert.Equal(Start, Assert.Single(await provider.StandingsAsync(holder)).LastUsedAt);

        // The address was given to somebody else: another mailbox, another id.
        await provider.ArriveAsync(heir, Office.Mailbox("mail", "id-2", "binh@mau.example"));
        Assert.Empty(await provider.StandingsAsync(heir));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_post_waits_for_its_number_at_level_02(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        await provider.AcceptListAsync(Row("CB-1", An));
        var an = await provider.CitizenAsync(An, "1968-09-05");
        var identity = Citizen(An, ProofingLevel.Level01);

        await provider.ArriveAsync(an, identity);
        Assert.Empty(await provider.StandingsAsync(an));
        await provider.ArriveAsync(an, identity with { Proofing = ProofingLevel.Level02 });
        Assert.Single(await provider.StandingsAsync(an));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mailbox_whose_post_names_another_number_gives_nothing(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        await provider.AcceptListAsync(Row("CB-1", An, "an@mau.example"));
        var other = await provider.CitizenAsync("999090000002", "1990-01-31");

        await provider.ArriveAsync(other, Office.Mailbox("mail", "id-1", "an@mau.example"));

        Assert.Empty(await provider.StandingsAsync(other));
        Assert.Contains("staff.refused number_differs", await provider.TrailAsync(other));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_mailbox_of_a_post_signing_in_as_another_human_freezes_the_post_and_moves_nothing(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var (an, comer) = (await provider.CitizenAsync(An, "1968-09-05"), await provider.CitizenAsync("999090000002", "1990-01-31"));
        await provider.AcceptListAsync(Row("CB-1", An, "an@mau.example"));

        await provider.ArriveAsync(comer, Office.Mailbox("mail", "id-1", "an@mau.example"));

        var standing = Assert.Single(await provider.StandingsAsync(an));
        Assert.Equal(StandingEndReason.MailboxConflict, standing.SuspendReason);
        Assert.Empty(await provider.StandingsAsync(comer));
        Assert.All(await Task.WhenAll(provider.TrailAsync(an), provider.TrailAsync(comer)), trail => Assert.Contains("staff.refused mailbox_conflict", trail));
        // Both hear of it, once, however often the mailbox comes again.
        await provider.ArriveAsync(comer, Office.Mailbox("mail", "id-1", "an@mau.example"));
        var told = await provider.InDatabaseAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.ConflictFrozen).Select(n => n.PersonId).ToListAsync());
        Assert.Equal(new[] { an, comer }.Order(), told.Order());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Whoever_the_list_names_no_more_leaves_and_comes_back_to_the_same_person(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        await provider.AcceptListAsync(Row("CB-1", An), Row("CB-9", null, "khac@mau.example"));

        var plan = await provider.AcceptListAsync(Row("CB-9", null, "khac@mau.example"));
        Assert.Equal("CB-1", Assert.Single(plan.Changes, c => c.Kind == StaffChangeKind.Leaver).StaffNumber);
        var left = Assert.Single(await provider.StandingsAsync(an));
        Assert.Equal((Start, StandingEndReason.LeftByList), (left.EndedAt, left.EndReason));

        await provider.AcceptListAsync(Row("CB-1", An), Row("CB-9", null, "khac@mau.example"));
        Assert.Equal([false, true], (await provider.StandingsAsync(an)).Select(s => s.IsLiveAt(Start)));
        Assert.Equal(["standing.began", "standing.ended left_by_personnel_list", "standing.began"], (await provider.TrailAsync(an)).Where(e => e.StartsWith("standing", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mover_ends_one_standing_and_begins_another(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        await provider.AcceptListAsync(Row("CB-1", An));

        var plan = await provider.AcceptListAsync(Row("CB-1", An, unit: "H99.08"));

        Assert.Equal(1, plan.Count(StaffChangeKind.Mover));
        var (tree, standings) = (await provider.TreeAsync(), await provider.StandingsAsync(an));
        Assert.Equal([StandingEndReason.MovedByList, null], standings.Select(s => s.EndReason));
        Assert.Equal(["H99.07", "H99.08"], standings.Select(s => tree.Unit(s.OrgUnitId)!.Code));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_staff_number_given_to_somebody_else_takes_the_post_from_the_first(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var (an, binh) = (await provider.CitizenAsync(An, "1968-09-05"), await provider.CitizenAsync("999090000002", "1990-01-31"));
        await provider.AcceptListAsync(Row("CB-1", An));

        await provider.AcceptListAsync(Row("CB-1", "999090000002"));

        Assert.Equal(StandingEndReason.NumberReassigned, Assert.Single(await provider.StandingsAsync(an)).EndReason);
        Assert.True(Assert.Single(await provider.StandingsAsync(binh)).IsLiveAt(Start));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_suspension_by_the_list_is_lifted_by_the_list_and_other_suspensions_are_not(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        await provider.AcceptListAsync(Row("CB-1", An));
        await provider.AcceptListAsync(Row("CB-1", An, status: "suspended"));
        Assert.Equal(StandingEndReason.SuspendedByList, Assert.Single(await provider.StandingsAsync(an)).SuspendReason);
        await provider.AcceptListAsync(Row("CB-1", An));
        Assert.Null(Assert.Single(await provider.StandingsAsync(an)).SuspendedAt);

        await provider.DoAsync<StandingEnds, bool>(async ends => await ends.SuspendAsync((await provider.StandingsAsync(an))[0].Id, StandingEndReason.Idle, default));
        await provider.AcceptListAsync(Row("CB-1", An, status: "suspended"));
        await provider.AcceptListAsync(Row("CB-1", An));
        Assert.Equal(StandingEndReason.Idle, Assert.Single(await provider.StandingsAsync(an)).SuspendReason);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_last_day_in_the_future_ends_the_standing_by_itself(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        await provider.AcceptListAsync(Row("CB-1", An, to: "2026-11-30"));
        var standing = Assert.Single(await provider.StandingsAsync(an));
        Assert.True(standing.IsLiveAt(Start));

        provider.Clock!.Advance(TimeSpan.FromDays(7));
        // Nothing has run yet, and it gives nothing any more.
        Assert.False(standing.IsLiveAt(provider.Clock.GetUtcNow()));
        await provider.DoAsync<DueEnds, int?>(due => due.EndAsync(default));

        Assert.Equal(StandingEndReason.Expired, Assert.Single(await provider.StandingsAsync(an)).EndReason);
        Assert.Equal(1, (await provider.AcceptListAsync(Row("CB-1", An, to: "2026-11-30"))).Count(StaffChangeKind.Unchanged));
    }

    [Fact]
    public async Task A_list_that_would_empty_the_house_is_refused_unless_it_is_meant()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await provider.AcceptListAsync([.. Enumerable.Range(1, 10).Select(i => Row($"CB-{i}", null, $"m{i}@mau.example"))]);
        var seven = Enumerable.Range(1, 7).Select(i => Row($"CB-{i}", null, $"m{i}@mau.example")).ToArray();

        var refused = Assert.IsType<StaffImportOutcome.Refused>(await provider.ImportListAsync(new(), seven));
        Assert.Equal((StaffImportRefusal.TooManyLeavers, 30), (refused.Why, refused.Plan.LeaverShare));
        Assert.Equal(10, await LiveRecordsAsync(provider));
        Assert.IsType<StaffImportOutcome.Applied>(await provider.ImportListAsync(new() { OnlyChanges = true }, seven));
        Assert.Equal(10, await LiveRecordsAsync(provider));
        Assert.IsType<StaffImportOutcome.Applied>(await provider.ImportListAsync(new() { AllowManyLeavers = true }, seven));
        Assert.Equal(7, await LiveRecordsAsync(provider));
    }

    [Fact]
    public async Task A_wrong_row_stops_the_list_and_skipped_it_makes_nobody_a_leaver()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await provider.AcceptListAsync(Row("CB-1", An), Row("CB-2", null, "hai@mau.example"), Row("CB-3", null, "ba@mau.example"));
        string[] rows = [Row("CB-1", "99168000001"), Row("CB-2", null, "hai@mau.example", unit: "H99.55"), Row("CB-4", null, "bon@mau.example")];
        var list = StaffListReader.Read(Encoding.UTF8.GetBytes($"{Office.ListHeader}\n{string.Join('\n', rows)}"), Start);

        var refused = Assert.IsType<StaffImportOutcome.Refused>(await ApplyAsync(provider, list, new()));
        Assert.Equal(StaffImportRefusal.HasErrors, refused.Why);
        Assert.Equal([2, 3], refused.Plan.Errors.Select(e => e.Line));
        Assert.Contains("H99.55", refused.Plan.Errors[1].Message.En, StringComparison.Ordinal);

        var applied = Assert.IsType<StaffImportOutcome.Applied>(await ApplyAsync(provider, list, new() { SkipErrors = true, AllowManyLeavers = true }));
        Assert.Equal(["CB-3"], applied.Plan.Changes.Where(c => c.Kind == StaffChangeKind.Leaver).Select(c => c.StaffNumber));
        Assert.Equal(["CB-1", "CB-2", "CB-4"], await provider.InDatabaseAsync(db => db.StaffRecords.Where(r => r.State == StaffState.Active).Select(r => r.StaffNumber).OrderBy(n => n).ToListAsync()));
    }

    [Fact]
    public async Task A_preview_changes_nothing_and_says_what_the_import_does()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await provider.AcceptListAsync(Row("CB-1", An), Row("CB-2", null, "hai@mau.example"), Row("CB-3", null, "ba@mau.example"));
        string[] rows = [Row("CB-1", An, unit: "H99.08"), Row("CB-2", null, "hai@mau.example", status: "left"), Row("CB-3", null, "ba@mau.example"), Row("CB-4", null, "bon@mau.example")];

        var plan = await provider.DoAsync<StaffImport, StaffPlan>(i => i.PreviewAsync("hr", Office.List(Start, rows), onlyChanges: false, default));

        Assert.Equal([StaffChangeKind.Mover, StaffChangeKind.Leaver, StaffChangeKind.Unchanged, StaffChangeKind.Joiner], plan.Changes.Select(c => c.Kind));
        Assert.Equal(3, await LiveRecordsAsync(provider));
        Assert.Equal(plan.Changes.Select(c => c.Kind), (await provider.AcceptListAsync(rows)).Changes.Select(c => c.Kind));
    }

    [Fact]
    public async Task Two_lists_of_one_province_do_not_see_each_others_people()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await provider.AcceptListAsync(Row("CB-1", An));
        Assert.True(StaffImport.IsSource("hr-cu"));
        Assert.False(StaffImport.IsSource("hrx") || StaffImport.IsSource("invitation") || StaffImport.IsSource("HR"));

        var other = await provider.DoAsync<StaffImport, StaffImportOutcome>(i => i.ApplyAsync("hr-cu", Office.List(Start, Row("CB-1", null, "cu@mau.example")), new(), default));

        Assert.Equal(1, other.Plan.Count(StaffChangeKind.Joiner));
        Assert.Equal(2, await LiveRecordsAsync(provider));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Forty_five_days_without_a_sign_in_are_listed_and_suspended_until_an_administrator_says_otherwise(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        await provider.AcceptListAsync(Row("CB-1", An));
        provider.Clock!.Advance(TimeSpan.FromDays(44));
        Assert.Empty(await IdleAsync(provider));
        provider.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(["CB-1"], (await IdleAsync(provider)).Select(i => i.StaffNumber));

        Assert.Equal(1, await provider.DoAsync<IdleStandings, int?>(idle => idle.SuspendAsync(default)));
        var standing = Assert.Single(await provider.StandingsAsync(an));
        Assert.Equal(StandingEndReason.Idle, standing.SuspendReason);

        Assert.True(await provider.DoAsync<StandingEnds, bool>(ends => ends.ResumeAsync(standing.Id, StandingEndReason.Idle, default)));
        Assert.Equal(1, await provider.DoAsync<StaffLists, int>(lists => lists.ConfirmAsync([standing.Id], default)));
        Assert.Equal(0, await provider.DoAsync<IdleStandings, int?>(idle => idle.SuspendAsync(default)));
    }

    [Fact]
    public async Task The_list_of_six_months_names_who_was_not_looked_at()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await provider.CitizenAsync(An, "1968-09-05");
        await provider.AcceptListAsync(Row("CB-1", An));
        Task<IReadOnlyList<StaffListing>> DueAsync() => provider.DoAsync<StaffLists, IReadOnlyList<StaffListing>>(lists => lists.DueForReviewAsync(null, default));
        Assert.Empty(await DueAsync());
        provider.Clock!.Advance(TimeSpan.FromDays(183));
        var due = Assert.Single(await DueAsync());
        await provider.DoAsync<StaffLists, int>(lists => lists.ConfirmAsync([due.StandingId!.Value], default));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task Nothing_personal_of_a_list_rests_in_clear()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await provider.AcceptListAsync(Row("CB-1", An, "an@mau.example"));
        var record = await provider.InDatabaseAsync(db => db.StaffRecords.AsNoTracking().SingleAsync());
        var stored = string.Join(' ', typeof(StaffRecord).GetProperties().Select(p => p.GetValue(record)?.ToString()));
        foreach (var secret in (string[])[An, "an@mau.example", "Nguyễn"]) Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(provider.Log.Lines, line => line.Contains(An, StringComparison.Ordinal) || line.Contains("Nguyễn Thị Ẩn", StringComparison.Ordinal));
    }

    private static async Task<TestProvider> ProvinceAsync(Engine engine)
    {
        var provider = await TestProvider.StartAsync(engine, new FixedClock(Start));
        await provider.AcceptTreeAsync(Office.Tree);
        await provider.ImportAsync(MailDoor.Connector("http://localhost:9"));
        return provider;
    }

    private static string Row(string staffNumber, string? number, string? mail = null, string unit = "H99.07", string to = "", string status = "") =>
        $"{staffNumber},{number},{mail},Nguyễn Thị Ẩn,{unit},Chuyên viên,2025-07-01,{to},{status}";

    private static ExternalIdentity Citizen(string number, ProofingLevel level) => new("vnconnect", "https://eid.example", $"eid-{number}", ExternalSubjectKind.Individual, level,
        new Dictionary<string, string> { [AttributeNames.PersonalNumber] = number }, [], Start);

    private static Task<int> LiveRecordsAsync(TestProvider provider) => provider.InDatabaseAsync(db => db.StaffRecords.CountAsync(r => r.State != StaffState.Left));

    private static Task<IReadOnlyList<StaffListing>> IdleAsync(TestProvider provider) => provider.DoAsync<StaffLists, IReadOnlyList<StaffListing>>(lists => lists.IdleAsync(default));

    private static Task<StaffImportOutcome> ApplyAsync(TestProvider provider, StaffList list, StaffImportWishes wishes) =>
        provider.DoAsync<StaffImport, StaffImportOutcome>(import => import.ApplyAsync("hr", list, wishes, default));
}
