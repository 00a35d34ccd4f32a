using System.Text.Json.Nodes;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Organisations;

/// <summary>The tree of state agencies over time: what a file may do to it, and who had which code when.</summary>
public sealed class OrgTreeImportTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    public static TheoryData<Engine> EnginesOfThisRun => Engines.All;

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_second_import_of_the_same_file_changes_nothing(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Start));
        var first = await provider.AcceptTreeAsync(Office.Tree);
        Assert.Equal([OrgUnitChangeKind.Created, OrgUnitChangeKind.Created, OrgUnitChangeKind.Created, OrgUnitChangeKind.Created], first.Changes.Select(c => c.Kind));

        var second = await provider.AcceptTreeAsync(Office.Tree);

        Assert.Empty(second.Changes);
        Assert.Equal(4, second.Unchanged);
        var tree = await provider.TreeAsync();
        Assert.Equal(["H99.07.12", "H99.07", "H99"], tree.Path(tree.Find("H99.07.12", Start)!.Id, Start).Select(u => u.Code));
        Assert.Equal("H99.08", tree.Find("H99.20", Start)!.Code);
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_new_name_and_place_keep_the_id_and_the_past(Engine engine)
    {
        var clock = new FixedClock(Start);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        await provider.AcceptTreeAsync(Office.Tree);
        var id = (await provider.TreeAsync()).Find("H99.07.12", Start)!.Id;
        clock.Advance(TimeSpan.FromDays(10));

        var plan = await provider.AcceptTreeAsync(Unit("H99.07.12", u =>
        {
            (u["code"], u["parent"], u["name"]!["vi"]) = ("H99.08.03", "H99.08", "Phòng Tổ chức và Công nghệ");
            u["former_codes"] = new JsonArray("H99.07.12");
        }));

        Assert.Equal([OrgUnitChangeKind.Renamed, OrgUnitChangeKind.Moved], plan.Changes.Select(c => c.Kind));
        var (tree, now) = (await provider.TreeAsync(), clock.GetUtcNow());
        Assert.Equal((id, "Phòng Tổ chức và Công nghệ"), (tree.Find("H99.08.03", now)!.Id, tree.Find("H99.08.03", now)!.NameVi));
        Assert.Equal(id, tree.Find("H99.07.12", now)!.Id);
        // A paper of last week.
        Assert.Equal(("H99.07.12", "Phòng Tổ chức"), (tree.At(id, Start)!.Code, tree.At(id, Start)!.NameVi));
        Assert.Equal(["H99.07.12", "H99.07", "H99"], tree.Path(id, Start).Select(u => u.Code));
        Assert.Equal(["H99.08.03", "H99.08", "H99"], tree.Path(id, now).Select(u => u.Code));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_merger_gives_the_people_to_the_successor_under_the_same_standing(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Start));
        await provider.AcceptTreeAsync(Office.Tree);
        var person = await provider.CitizenAsync("999168000001", "1968-09-05");
        await provider.AcceptListAsync("CB-1,999168000001,,Nguyễn Thị Ẩn,H99.07.12,Chuyên viên,2025-07-01,,");
        var before = Assert.Single(await provider.StandingsAsync(person));

        await provider.AcceptTreeAsync(Unit("H99.07.12", u => (u["valid_to"], u["successor"]) = ("2026-11-01", "H99.08")));

        var after = Assert.Single(await provider.StandingsAsync(person));
        var tree = await provider.TreeAsync();
        Assert.Equal((before.Id, tree.Find("H99.08", Start)!.Id, true), (after.Id, after.OrgUnitId, after.IsLiveAt(Start)));
        Assert.Equal("H99.08", tree.Find("H99.07.12", Start)!.Code);
        // The list of next week still has the old code: nobody moves, nobody leaves.
        Assert.Equal(1, (await provider.AcceptListAsync("CB-1,999168000001,,Nguyễn Thị Ẩn,H99.07.12,Chuyên viên,2025-07-01,,")).Count(StaffChangeKind.Unchanged));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_merger_of_next_month_is_carried_out_next_month(Engine engine)
    {
        var clock = new FixedClock(Start);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        await provider.AcceptTreeAsync(Office.Tree);
        var person = await provider.CitizenAsync("999168000001", "1968-09-05");
        await provider.AcceptListAsync("CB-1,999168000001,,Nguyễn Thị Ẩn,H99.07.12,Chuyên viên,2025-07-01,,");
        await provider.AcceptTreeAsync(Unit("H99.07.12", u => (u["valid_to"], u["successor"]) = ("2026-12-01", "H99.08")));
        await provider.DoAsync<DueEnds, int?>(due => due.EndAsync(CancellationToken.None));
        Assert.Equal("H99.07.12", (await provider.TreeAsync()).Unit(Assert.Single(await provider.StandingsAsync(person)).OrgUnitId)!.Code);

        clock.Advance(TimeSpan.FromDays(10));
        await provider.DoAsync<DueEnds, int?>(due => due.EndAsync(CancellationToken.None));

        Assert.Equal("H99.08", (await provider.TreeAsync()).Unit(Assert.Single(await provider.StandingsAsync(person)).OrgUnitId)!.Code);
    }

    [Theory]
    [InlineData("H99.07.12", "code", "99.07", "must begin with the code of a ministry or province")]
    [InlineData("H99.07.12", "code", "H99.07", "has at the same time")]
    [InlineData("H99.07.12", "parent", "H99.55", "which no unit has")]
    [InlineData("H99.07.12", "valid_from", "2025-06-01", "which is not there on 2025-06-01")]
    [InlineData("H99.07.12", "valid_from", "1.7.2025", "must be a day")]
    [InlineData("H99.07.12", "valid_to", "2025-06-01", "must be after valid_from")]
    [InlineData("H99.07.12", "successor", "H99.08", "needs valid_to")]
    [InlineData("H99.07.12", "level", "district", "must be province | department | commune | attached")]
    [InlineData("H99.07.12", "colour", "red", "is not a member that is known here")]
    [InlineData("H99.07", "valid_to", "2026-01-01", "which is not there on 2026-01-01")]
    [InlineData("H99.07", "parent", "H99.07.12", "leads back to the unit itself")]
    public async Task A_file_that_contradicts_itself_is_refused_whole(string code, string member, string value, string problem)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var file = JsonNode.Parse(Office.Tree)!;
        file["units"]!.AsArray().Single(u => (string)u!["code"]! == code)![member] = value;
        var outcome = await provider.DoAsync<OrgTreeImport, OrgTreeOutcome>(import => import.PreviewAsync(System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()), CancellationToken.None));
        Assert.Contains(Assert.IsType<OrgTreeOutcome.Refused>(outcome).Errors, e => e.Message.En.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "valid_to": "2026-01-01", "successor": "H99.44" }""", "which no unit has")]
    [InlineData("""{ "valid_to": "2026-01-01", "successor": "H99.07.12" }""", "which no unit has")]
    [InlineData("""{ "valid_to": "2026-01-01", "successor": "H99.09" }""", "nobody would do the duties")]
    [InlineData("""{ "level": "commune" }""", "cannot change")]
    [InlineData("""{ "former_codes": ["H99.08"] }""", "another unit's code today")]
    [InlineData("""{ "valid_from": "2026-01-01" }""", "a unit since 2025-07-01")]
    [InlineData("""{ "changed_on": "2027-01-01", "parent": "H99" }""", "not in the future")]
    public async Task What_contradicts_the_stored_tree_is_refused(string change, string problem)
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Start));
        await provider.AcceptTreeAsync(Office.Tree);
        await provider.AcceptTreeAsync("""{ "units": [{ "code": "H99.09", "level": "department", "name": { "vi": "Sở Mới", "en": "New" }, "valid_from": "2026-06-01" }] }""");
        var outcome = await provider.ImportTreeAsync(Unit("H99.07.12", u =>
        {
            foreach (var (member, value) in JsonNode.Parse(change)!.AsObject()) u[member] = value!.DeepClone();
        }));
        Assert.Contains(Assert.IsType<OrgTreeOutcome.Refused>(outcome).Errors, e => e.Message.En.Contains(problem, StringComparison.Ordinal));
        Assert.Equal(5, await provider.InDatabaseAsync(db => db.OrgUnits.CountAsync()));
    }

    [Fact]
    public async Task A_unit_cannot_end_above_one_that_goes_on()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Start));
        await provider.AcceptTreeAsync(Office.Tree);
        var outcome = await provider.ImportTreeAsync(Unit("H99.07", u => (u["valid_to"], u["successor"]) = ("2026-01-01", "H99.08")));
        Assert.Contains(Assert.IsType<OrgTreeOutcome.Refused>(outcome).Errors, e => e.Message.En.Contains("ends it above H99.07.12", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task Each_operation_of_the_wizard_refuses_what_would_break_the_tree(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Start));
        await provider.AcceptTreeAsync(Office.Tree);
        var tree = await provider.TreeAsync();
        Guid Id(string code) => tree.Find(code, Start)!.Id;
        Task<OrgUnitRefusal?> DoAsync(Func<OrgUnits, Task<OrgUnitRefusal?>> work) => provider.DoAsync(work);

        Assert.Equal(OrgUnitRefusal.WouldBeBelowItself, await DoAsync(u => u.MoveAsync(Id("H99.07"), Id("H99.07.12"), null, Start, default)));
        Assert.Equal(OrgUnitRefusal.CodeIsTaken, await DoAsync(u => u.MoveAsync(Id("H99.07.12"), Id("H99.08"), "H99.08", Start, default)));
        Assert.Equal(OrgUnitRefusal.NotThereThen, await DoAsync(u => u.RenameAsync(Id("H99.07"), "a", "a", Start.AddDays(1), default)));
        Assert.Equal(OrgUnitRefusal.HasUnitsBelow, await DoAsync(u => u.MergeAsync([Id("H99.07")], Id("H99.08"), Start, default)));
        Assert.Equal(OrgUnitRefusal.WouldSucceedItself, await DoAsync(u => u.MergeAsync([Id("H99.08")], Id("H99.08"), Start, default)));
        Assert.Equal(OrgUnitRefusal.SuccessorIsNotThere, await DoAsync(u => u.MergeAsync([Id("H99.08")], Guid.NewGuid(), Start, default)));
        Assert.Null(await DoAsync(u => u.MergeAsync([Id("H99.07"), Id("H99.07.12")], Id("H99.08"), Start, default)));
        Assert.Null(await DoAsync(u => u.RenameAsync(Id("H99.08"), "Sở Khoa học, Công nghệ và Nội vụ", "Department", Start, default)));
        Assert.Equal(OrgUnitRefusal.UnknownUnit, await DoAsync(u => u.RenameAsync(Id("H99.07"), "a", "a", Start, default)));

        var after = await provider.TreeAsync();
        Assert.Equal("H99.08", after.Find("H99.07.12", Start)!.Code);
        Assert.Equal(["unit.merged", "unit.taken_over", "unit.merged", "unit.taken_over", "unit.renamed"],
            await provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name.StartsWith("unit.") && a.Name != "unit.created").OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync()));
    }

    private static string Unit(string code, Action<JsonObject> change)
    {
        var unit = JsonNode.Parse(Office.Tree)!["units"]!.AsArray().Single(u => (string)u!["code"]! == code)!.DeepClone().AsObject();
        change(unit);
        return new JsonObject { ["units"] = new JsonArray(unit) }.ToJsonString();
    }
}
