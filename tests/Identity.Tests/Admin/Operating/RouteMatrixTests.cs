using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Keys;
using Identity.Tests.Admin.Desk;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Identity.Tests.Admin.Operating.OperatingStage;

namespace Identity.Tests.Admin.Operating;

/// <summary>
/// M1: every page that is about no record and no application, and every form on it × each role in the province, the same for an agency, nobody
/// in particular. The rows are the host's own: a page or a form that nobody has written an expectation for fails here.
/// </summary>
public sealed class RouteMatrixTests
{
    private const string Item = "?kind=client&name=rp";

    /// <summary>What each takes; nothing, where it opens to everybody who is signed in.</summary>
    private static readonly Dictionary<string, Permission?> Table = new()
    {
        ["GET /"] = null, ["GET /apps"] = null, ["GET /apps/expiring"] = null, ["GET /statistics"] = null, ["GET /statistics.{format}"] = null,
        ["GET /elevate"] = null, ["POST /elevate Ask"] = null, ["POST /elevate Break"] = null,
        ["GET /reviews"] = Permission.ReviewApplications,
        ["GET /roles"] = Permission.GiveRoles, ["POST /roles End"] = Permission.GiveRoles, ["POST /roles Decide"] = Permission.GiveRoles, ["POST /roles Confirm"] = Permission.GiveRoles,
        ["POST /roles Refuse"] = Permission.GiveRoles, ["POST /roles Withdraw"] = Permission.GiveRoles, ["GET /roles/give"] = Permission.GiveRoles, ["POST /roles/give"] = Permission.GiveRoles,
        ["GET /announcements"] = Permission.Announce, ["POST /announcements End"] = Permission.Announce,
        ["GET /announcements/write"] = Permission.Announce, ["POST /announcements/write"] = Permission.Announce, ["POST /announcements/write Preview"] = Permission.Announce,
        ["GET /connectors"] = Permission.OperateConnectors, ["GET /connectors/{name}"] = Permission.OperateConnectors, ["POST /connectors/{name} Test"] = Permission.OperateConnectors,
        ["POST /connectors/{name} Switch"] = Permission.OperateConnectors,
        ["GET /keys"] = Permission.RotateKeys, ["POST /keys Preview"] = Permission.RotateKeys, ["POST /keys Rotate"] = Permission.RotateKeys, ["POST /keys Ask"] = Permission.RotateKeys,
        ["POST /keys Decide"] = Permission.RotateKeys,
        ["GET /configuration"] = Permission.ReadConfiguration, ["GET /configuration/item"] = Permission.ReadConfiguration,
        ["GET /configuration/history"] = Permission.ReadConfiguration, ["POST /configuration/history"] = Permission.ChangeConfiguration,
        ["GET /configuration/edit"] = Permission.ChangeConfiguration, ["POST /configuration/edit"] = Permission.ChangeConfiguration,
        ["GET /configuration/remove"] = Permission.ChangeConfiguration, ["POST /configuration/remove"] = Permission.ChangeConfiguration,
        ["GET /configuration/proposals"] = Permission.ReadConfiguration, ["GET /configuration/proposal"] = Permission.ReadConfiguration, ["POST /configuration/proposal"] = Permission.ApproveConfiguration,
    };

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M1_each_role_opens_what_its_permissions_say_and_nothing_of_another_agency(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        var others = await OthersThings.MakeAsync(admin);
        var rows = await HostPages.OfAsync(admin, PageMatrix.Operating);
        HostPages.AreIn(nameof(RouteMatrixTests), Table.Keys, rows);
        var wrong = new List<string>();
        foreach (var role in (AdminRole?[])[null, .. Enum.GetValues<AdminRole>()])
        {
            using var visitor = role is null ? await admin.SignInAsync() : role == AdminRole.AgencyAdministrator ? await admin.SignInForAsync(Agency) : await admin.SignInAsync(role.Value);
            var form = await visitor.OpenAsync("/signout");
            var before = await OthersThings.StateAsync(admin);
            foreach (var row in rows)
            {
                var isOpen = Table[row.Name] is not { } needed || (role is { } held && AdminRoles.PermissionsOf(held).Contains(needed));
                foreach (var fields in FormsOf(row, others, (role, isOpen)))
                {
                    var address = AddressOf(row, others);
                    var page = row.IsForm ? await DeskStage.PostAsync(visitor, form, address, fields) : await visitor.OpenAsync(address);
                    if (page.Status != (isOpen ? HttpStatusCode.OK : HttpStatusCode.Forbidden)) wrong.Add($"{role}: {row.Name} answers {page.Status}");
                    if (!row.IsForm && role is null or AdminRole.AgencyAdministrator) wrong.AddRange(others.Marks.Where(mark => page.Html.Contains(mark, StringComparison.Ordinal)).Select(mark => $"{role}: {row.Name} shows {mark}"));
                }
            }
            if (await OthersThings.StateAsync(admin) != before) wrong.Add($"{role} has changed something");
        }
        HostPages.AllRight(wrong);
    }

    [Fact]
    public async Task What_a_form_does_not_offer_cannot_be_set_by_it()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        await RoleTests.GiveAsync(visitor, AdminRole.Auditor, ("Input.PersonId", visitor.PersonId.ToString()), ("Input.Kind", "BreakGlass"), ("PersonId", visitor.PersonId.ToString()), ("Input.GivenBy", "command:root"), ("Actor.Roles[0].Role", "Administrator"));

        var role = await admin.InDatabaseAsync(db => db.RoleAssignments.SingleAsync(r => r.Role == AdminRole.Auditor));
        Assert.Equal((RoleAssignmentKind.Standing, (Guid?)null, AdminActor.NameOf(visitor.PersonId)), (role.Kind, role.PersonId, role.GivenBy));
    }

    [Fact]
    public async Task Domain_methods_refuse_by_themselves_whoever_calls_them()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInForAsync(Agency);
        var actor = await admin.ActorAsync(visitor.PersonId);

        Assert.Empty(await admin.WithAsync((KeyOffice office) => office.ListAsync(actor, CancellationToken.None)));
        Assert.Equal(KeyRefusal.NotYours, await admin.WithAsync((KeyOffice office) => office.AskWithdrawalAsync(actor, "ES256", "x", CancellationToken.None)));
        Assert.Equal(RoleRefusal.NotYours, await admin.WithAsync((Elevations elevations) => elevations.DecideAsync(actor, Guid.Empty, grant: true, CancellationToken.None)));
        Assert.Empty(await admin.WithAsync((Identity.Domain.Configuration.ConnectorDesk desk) => desk.ListAsync(actor, CancellationToken.None)));
        Assert.Empty(await admin.WithAsync((Identity.Domain.Announcements.AnnouncementDesk desk) => desk.ListAsync(actor, null, CancellationToken.None)));
    }

    /// <summary>Whoever answers for the whole province could use a good form, and sends an empty one; the agency tries with everything there is, the others come no further than the door.</summary>
    private static IEnumerable<(string, string)[]> FormsOf(PageRow row, OthersThings others, (AdminRole? Role, bool IsOpen) who) =>
        !row.IsForm || (who.IsOpen && who.Role is not (null or AdminRole.AgencyAdministrator)) ? [[]] : who.IsOpen ? others.Forged : others.Forged.Take(1);

    private static string AddressOf(PageRow row, OthersThings others) => row.Address(part => part == "format" ? "csv" : "vnconnect") + row.Template switch
    {
        "configuration/proposal" => $"?id={others.Proposal}",
        "configuration/item" or "configuration/history" or "configuration/edit" or "configuration/remove" => Item,
        "statistics" => "?app=rp",
        "apps" => "?of=all",
        _ => "",
    };
}
