using System.Net;
using Identity.Admin.Pages;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>
/// M1: every page and every deed about people, agencies and the trail × every role × a thing of one's own agency, of another one, of none.
/// Generated from the host's own routes: a new page is in it the day it is written.
/// </summary>
public sealed class DeskMatrixTests
{
    /// <summary>What each takes. How far it reaches is the other half of the matrix.</summary>
    private static readonly Dictionary<string, Permission> Table = new()
    {
        ["GET /people"] = Permission.LookUpPeople, ["POST /people"] = Permission.LookUpPeople, ["GET /failures"] = Permission.LookUpPeople,
        ["GET /people/{id}"] = Permission.LookUpPeople, ["POST /people/{id} Reveal"] = Permission.LookUpPeople, ["POST /people/{id} EndSession"] = Permission.LookUpPeople,
        ["POST /people/{id} EndAll"] = Permission.LookUpPeople, ["POST /people/{id} Freeze"] = Permission.LookUpPeople, ["POST /people/{id} Unfreeze"] = Permission.LookUpPeople,
        ["POST /people/{id} Recover"] = Permission.LookUpPeople,
        ["GET /recoveries"] = Permission.ApproveRecovery, ["POST /recoveries Approve"] = Permission.ApproveRecovery, ["POST /recoveries Decline"] = Permission.ApproveRecovery,
        ["GET /conflicts"] = Permission.DecideConflicts, ["GET /conflicts/{id}"] = Permission.DecideConflicts, ["POST /conflicts/{id} Propose"] = Permission.DecideConflicts,
        ["POST /conflicts/{id} Confirm"] = Permission.DecideConflicts, ["POST /conflicts/{id} SendBack"] = Permission.DecideConflicts,
        ["GET /conflicts/decided"] = Permission.DecideConflicts, ["GET /conflicts/decided/{id}"] = Permission.DecideConflicts, ["POST /conflicts/decided/{id} Propose"] = Permission.DecideConflicts,
        ["POST /conflicts/decided/{id} Confirm"] = Permission.DecideConflicts, ["POST /conflicts/decided/{id} SendBack"] = Permission.DecideConflicts,
        ["GET /units"] = Permission.ReadOrganisations, ["GET /units/{id}"] = Permission.ReadOrganisations, ["POST /units/{id} Preview"] = Permission.ReadOrganisations, ["POST /units/{id} Apply"] = Permission.ReadOrganisations,
        ["GET /staff/reviews"] = Permission.ReadOrganisations, ["POST /staff/reviews Confirm"] = Permission.ReadOrganisations, ["POST /staff/reviews End"] = Permission.ReadOrganisations,
        ["GET /staff/import"] = Permission.ChangeOrganisations, ["POST /staff/import Upload"] = Permission.ChangeOrganisations, ["POST /staff/import Confirm"] = Permission.ChangeOrganisations,
        ["GET /audit"] = Permission.ReadAudit, ["POST /audit Export"] = Permission.ReadAudit, ["POST /audit Verify"] = Permission.ReadAudit,
    };

    public static TheoryData<string> Holders => [.. Enum.GetNames<AdminRole>(), "Nobody"];

    [Theory, MemberData(nameof(Holders))]
    public async Task M1_nothing_opens_beyond_role_and_agency(string holder)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var rows = await HostPages.OfAsync(stage.Admin, PageMatrix.Desk);
        HostPages.AreIn(nameof(DeskMatrixTests), Table.Keys, rows);
        var foreign = await ForeignThings.MakeAsync(stage);
        var role = Enum.TryParse<AdminRole>(holder, out var known) ? known : (AdminRole?)null;
        using var visitor = await VisitorAsync(stage, role);
        var before = await foreign.StateAsync(stage);
        var wrong = new List<string>();

        foreach (var row in rows)
        {
            var expected = Expected(row, role);
            var page = row.IsForm ? await DeskStage.PostAsync(visitor, await visitor.OpenAsync("/signout"), foreign.Fill(row), foreign.Fields) : await visitor.OpenAsync(foreign.Fill(row));
            if (!row.IsForm || expected == HttpStatusCode.Forbidden) Note(wrong, row, expected, page);
            else if (role == AdminRole.AgencyAdministrator && IsAboutAThing(row)) Note(wrong, row, HttpStatusCode.NotFound, page);
            if (role == AdminRole.AgencyAdministrator && !row.IsForm) wrong.AddRange(foreign.Marks.Where(m => page.Html.Contains(m, StringComparison.Ordinal)).Select(m => $"{row.Name} shows {m}"));
        }

        HostPages.AllRight(wrong);
        // Who has the right in the whole province may have used it above.
        if (role is null or AdminRole.AgencyAdministrator or AdminRole.Auditor or AdminRole.Operator or AdminRole.Reviewer) Assert.Equal(before, await foreign.StateAsync(stage));
    }

    [Fact]
    public async Task M1_the_same_things_open_to_their_own_agency()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var things = await ForeignThings.MakeAsync(stage);
        using var science = await stage.AgencyAsync(stage.Science);

        Assert.Equal(HttpStatusCode.OK, (await science.OpenAsync($"/units/{stage.Science}")).Status);
        Assert.Contains(things.Standing.ToString(), (await science.OpenAsync("/staff/reviews?list=Idle")).Html, StringComparison.Ordinal);
        Assert.Contains("GT-77", (await science.OpenAsync("/recoveries")).Text, StringComparison.Ordinal);
    }

    private static HttpStatusCode Expected(PageRow row, AdminRole? role)
    {
        if (role is not { } held || !AdminRoles.PermissionsOf(held).Contains(Table[row.Name])) return HttpStatusCode.Forbidden;
        var isNobodys = row.Model == typeof(PersonModel);
        return HasId(row) && (isNobodys || held == AdminRole.AgencyAdministrator) ? HttpStatusCode.NotFound : HttpStatusCode.OK;
    }

    /// <summary>Deeds whose thing stands in the address or in a field; a search and an upload begin something of one's own.</summary>
    private static bool IsAboutAThing(PageRow row) => HasId(row) || row.Handler is not (null or "Upload" or "Export");

    private static bool HasId(PageRow row) => row.Template.Contains("{id", StringComparison.Ordinal);

    private static void Note(List<string> wrong, PageRow row, HttpStatusCode expected, TestPage page)
    {
        if (page.Status != expected) wrong.Add($"{row.Name}: {page.Status} instead of {expected}");
    }

    private static async Task<AdminVisitor> VisitorAsync(DeskStage stage, AdminRole? role) => role switch
    {
        null => await stage.Admin.SignInAsync(),
        AdminRole.AgencyAdministrator => await stage.AgencyAsync(stage.Home),
        { } province => await stage.Admin.SignInAsync(province),
    };

    /// <summary>One of everything in the agency that the visitor does not answer for.</summary>
    private sealed class ForeignThings
    {
        public Guid Standing { get; private init; }
        private Guid Unit { get; init; }
        private Guid LookUp { get; init; }
        private Guid Conflict { get; init; }
        private Guid Decided { get; init; }
        private Guid Aid { get; init; }
        private Guid Session { get; init; }
        private Guid Upload { get; init; }

        public IReadOnlyList<string> Marks => [Unit.ToString(), Standing.ToString(), Aid.ToString(), "GT-77", "Sở Khoa học"];

        public (string, string)[] Fields =>
        [
            ("id", Aid.ToString()), ("standing", Standing.ToString()), ("session", Session.ToString()), ("upload", Upload.ToString()), ("fact", "name"),
            ("Input.Reason", nameof(FreezeReason.SecurityIncident)), ("Input.CaseNumber", "GT-78"), ("Input.Verdict", nameof(ConflictVerdict.Shut)), ("Input.Papers", "GT-78"),
            ("Input.Deed", nameof(UnitDeed.Rename)), ("Input.NameVi", "Sở Khác"), ("Input.NameEn", "Other"), ("Input.Since", "2026-01-02"), ("format", "Csv"),
        ];

        public static async Task<ForeignThings> MakeAsync(DeskStage stage)
        {
            var conflict = await ConflictQueueTests.ConflictAsync(stage);
            var decided = await ConflictQueueTests.DecidedAsync(stage);
            var person = await stage.CitizenAsync("096168000009");
            var (owner, unit) = (await stage.CitizenAsync("096168000008"), stage.Science);
            var standing = await stage.PutInOfficeAsync(person, unit, stage.Now.AddDays(-60));
            var lookUp = new PersonLookUp { ActorId = owner, PersonId = person, At = stage.Now, ExpiresAt = stage.Now.AddMinutes(30) };
            var aid = new Identity.Domain.Factors.RecoveryAid { PersonId = person, CaseNumber = "GT-77", RequestedBy = owner, RequestedAt = stage.Now, ExpiresAt = stage.Now.AddHours(5) };
            var upload = new StaffUpload { ActorId = owner, Source = "hr-h99-08", SealedFile = "x", ExpiresAt = stage.Now.AddHours(1) };
            await stage.Admin.InDatabaseAsync(db =>
            {
                db.AddRange(lookUp, aid, upload);
                return db.SaveChangesAsync();
            });
            return new() { Unit = unit, Standing = standing, LookUp = lookUp.Id, Conflict = conflict, Decided = decided, Aid = aid.Id, Session = Guid.NewGuid(), Upload = upload.Id };
        }

        public string Fill(PageRow row) =>
            row.Address(_ => $"{(row.Model == typeof(UnitModel) ? Unit : row.Model == typeof(ConflictModel) ? Conflict : row.Model == typeof(DecidedConflictModel) ? Decided : LookUp)}");

        public Task<string> StateAsync(DeskStage stage) => stage.Admin.InDatabaseAsync(async db => string.Join('\n',
            string.Join(';', await db.OrgUnits.OrderBy(u => u.Id).Select(u => $"{u.NameVi} {u.ParentId} {u.ValidTo}").ToListAsync()),
            string.Join(';', await db.Affiliations.OrderBy(a => a.Id).Select(a => $"{a.EndedAt} {a.ReviewedAt}").ToListAsync()),
            string.Join(';', await db.People.OrderBy(p => p.Id).Where(p => p.LinkedIdentities.Count > 0).Select(p => p.Status).ToListAsync()),
            string.Join(';', await db.RecoveryAids.Select(a => a.DecidedAt).ToListAsync()), string.Join(';', await db.LinkConflicts.Select(c => c.ResolvedAt).ToListAsync()),
            await db.ConflictProposals.CountAsync(), await db.RecoveryRequests.CountAsync(), await db.StaffRecords.CountAsync()));
    }
}
