using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Keys;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Identity.Tests.Admin.Operating.OperatingStage;

namespace Identity.Tests.Admin.Operating;

/// <summary>Every address of this part, asked by everybody: each role in the province, the same for an agency, nobody in particular, and nobody at all.</summary>
public sealed class RouteMatrixTests
{
    private static readonly (string Path, Permission? Needed)[] Pages =
    [
        ("/", null), ("/elevate", null), ("/statistics", null), ("/statistics.csv", null), ("/statistics.json", null), ("/roles", Permission.GiveRoles), ("/roles/give", Permission.GiveRoles),
        ("/announcements", Permission.Announce), ("/announcements/write", Permission.Announce), ("/connectors", Permission.OperateConnectors), ("/connectors/vnconnect", Permission.OperateConnectors), ("/keys", Permission.RotateKeys),
    ];

    /// <summary>With what a form of whoever may would send; whoever may not must fail before any of it is looked at.</summary>
    private static readonly (string Path, Permission? Needed, (string, string)[] Fields)[] Forms =
    [
        ("/roles?handler=end", Permission.GiveRoles, [("id", Guid.Empty.ToString())]), ("/roles?handler=decide", Permission.GiveRoles, [("id", Guid.Empty.ToString()), ("grant", "true")]),
        ("/roles?handler=confirm", Permission.GiveRoles, [("id", Guid.Empty.ToString())]), ("/roles?handler=refuse", Permission.GiveRoles, [("id", Guid.Empty.ToString()), ("reason", "x")]),
        ("/roles?handler=withdraw", Permission.GiveRoles, [("id", Guid.Empty.ToString())]),
        ("/roles/give", Permission.GiveRoles, [("Input.Role", "Auditor")]), ("/announcements?handler=end", Permission.Announce, [("id", Guid.Empty.ToString())]),
        ("/announcements/write", Permission.Announce, [("Input.Vi", "x"), ("Input.En", "x")]), ("/announcements/write?handler=preview", Permission.Announce, [("Input.Vi", "x")]),
        ("/connectors/vnconnect?handler=test", Permission.OperateConnectors, []), ("/connectors/vnconnect?handler=switch", Permission.OperateConnectors, [("Input.Version", "0"), ("enable", "false")]),
        ("/keys?handler=preview", Permission.RotateKeys, [("Input.Hours", "24")]), ("/keys?handler=rotate", Permission.RotateKeys, []), ("/keys?handler=ask", Permission.RotateKeys, []),
        ("/keys?handler=decide", Permission.RotateKeys, [("id", Guid.Empty.ToString()), ("carry", "true")]),
        ("/elevate?handler=ask", null, []), ("/elevate?handler=break", null, []),
    ];

    public static TheoryData<AdminRole?> Everybody => [null, .. Enum.GetValues<AdminRole>().Cast<AdminRole?>()];

    [Theory, MemberData(nameof(Everybody))]
    public async Task Each_role_opens_what_its_permissions_say_and_nothing_else(AdminRole? role)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = role is null ? await admin.SignInAsync() : role == AdminRole.AgencyAdministrator ? await admin.SignInForAsync(Agency) : await admin.SignInAsync(role.Value);
        var token = await TokenAsync(visitor);
        var counted = await CountAsync(admin);

        foreach (var (path, needed) in Pages) Assert.Equal((path, Expected(role, needed)), (path, Meaning((await visitor.OpenAsync(path)).Status)));
        foreach (var (path, needed, fields) in Forms)
        {
            var answer = await visitor.Browser.PostAsync(admin.Address + path, [.. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)), KeyValuePair.Create("form", token)]);
            Assert.Equal((path, Expected(role, needed)), (path, Meaning(answer.Status)));
        }
        // Every form above was incomplete: nobody's has changed anything.
        Assert.Equal(counted, await CountAsync(admin));
    }

    [Fact]
    public async Task Nobody_at_all_is_sent_to_the_sign_in_from_everywhere()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var browser = admin.NewBrowser();

        foreach (var (path, _) in Pages) Assert.StartsWith(admin.Provider.Issuer, (await browser.GetAsync(admin.Address + path)).Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_our_token_changes_nothing()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        foreach (var (path, _, fields) in Forms)
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, (await visitor.Browser.PostAsync(admin.Address + path, [.. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))])).Status));
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

    private static string Expected(AdminRole? role, Permission? needed) =>
        needed is not { } permission || (role is { } held && AdminRoles.PermissionsOf(held).Contains(permission)) ? "open" : "closed";

    private static string Meaning(HttpStatusCode status) => status switch { HttpStatusCode.OK or HttpStatusCode.NotFound => "open", HttpStatusCode.Forbidden => "closed", _ => status.ToString() };

    private static Task<(int, int, int, int)> CountAsync(TestAdmin admin) => admin.InDatabaseAsync(async db =>
        (await db.RoleAssignments.CountAsync(), await db.Announcements.CountAsync(), await db.SigningKeys.CountAsync(), await db.ConfigurationVersions.CountAsync()));

    /// <summary>Everybody has a form with one: the way out.</summary>
    private static async Task<string> TokenAsync(AdminVisitor visitor) => (await visitor.OpenAsync("/signout")).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
}
