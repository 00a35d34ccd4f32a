using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using static Identity.Domain.Applications.ApplicationRights;

namespace Identity.Tests.Applications;

/// <summary>
/// M1: every page of an application and every form on it × everybody who may come. What is somebody else's is not there, whatever id is sent.
/// The rows are the host's own: a page or a form that nobody has written an expectation for fails here.
/// </summary>
public sealed class AccessMatrixTests
{
    /// <summary>What each takes; where that is several rights, any one of them. Nothing, where it is about no application.</summary>
    private static readonly Dictionary<string, ApplicationRights> Table = new()
    {
        ["GET /apps/new"] = None, ["POST /apps/new"] = None, ["GET /apps/try/callback"] = None,
        ["GET /apps/{id}"] = View, ["POST /apps/{id} Confirm"] = Own, ["POST /apps/{id} Unused"] = Own,
        ["GET /apps/{id}/use"] = View, ["POST /apps/{id}/use"] = Develop,
        ["GET /apps/{id}/needs"] = View, ["POST /apps/{id}/needs"] = Develop, ["POST /apps/{id}/needs Preview"] = Develop,
        ["GET /apps/{id}/sign-in"] = View, ["POST /apps/{id}/sign-in"] = Develop,
        ["GET /apps/{id}/look"] = View, ["GET /apps/{id}/look Logo"] = View, ["POST /apps/{id}/look"] = Develop, ["POST /apps/{id}/look Logo"] = Develop, ["POST /apps/{id}/look NoLogo"] = Develop, ["POST /apps/{id}/look Preview"] = Develop,
        ["GET /apps/{id}/team"] = View, ["POST /apps/{id}/team"] = Own | HandOver, ["POST /apps/{id}/team Account"] = Own, ["POST /apps/{id}/team Remove"] = Own,
        ["GET /apps/{id}/keys"] = View, ["POST /apps/{id}/keys Add"] = Develop, ["POST /apps/{id}/keys Revoke"] = Develop, ["POST /apps/{id}/keys End"] = Develop,
        ["POST /apps/{id}/keys Address"] = Develop, ["POST /apps/{id}/keys Upload"] = Develop, ["POST /apps/{id}/keys Make"] = Develop, ["POST /apps/{id}/keys Retire"] = Develop,
        ["POST /apps/{id}/keys EndKey"] = Develop, ["POST /apps/{id}/keys Confirm"] = Own, ["POST /apps/{id}/keys Drop"] = Own,
        ["GET /apps/{id}/try"] = View, ["GET /apps/{id}/try/start"] = Try,
        ["GET /apps/{id}/production"] = View, ["GET /apps/{id}/production Logo"] = View, ["POST /apps/{id}/production Ask"] = Own, ["POST /apps/{id}/production Withdraw"] = Own,
        ["POST /apps/{id}/production Comment"] = Own | Review, ["POST /apps/{id}/production Approve"] = Review, ["POST /apps/{id}/production Refuse"] = Review, ["POST /apps/{id}/production Live"] = Own,
    };

    /// <summary>Whoever may withdraw a request without a word comes last.</summary>
    private static readonly Standing[] Standings =
    [
        new("an official of another agency", None, stage => stage.OfficialAsync()),
        new("the owner of another application", None, stage => stage.OwnerElsewhereAsync()),
        new("a former owner", None, stage => stage.MemberAsync(MemberRole.Owner, hasLeft: true)),
        new("the administrator of another agency", None, stage => stage.AgencyAsync(stage.Office.OtherAgency)),
        new("the help desk", None, stage => stage.OfficialAsync(AdminRole.HelpDesk)) { IsOfProvince = true },
        new("an operator", None, stage => stage.OfficialAsync(AdminRole.Operator)) { IsOfProvince = true },
        new("an auditor", View, stage => stage.OfficialAsync(AdminRole.Auditor)) { IsOfProvince = true },
        new("a reviewer", View | Review, stage => stage.OfficialAsync(AdminRole.Reviewer)) { IsOfProvince = true },
        new("an administrator of the province", View | Review | HandOver, stage => stage.OfficialAsync(AdminRole.Administrator)) { IsOfProvince = true },
        new("the administrator of its agency", View | HandOver, stage => stage.AgencyAsync(stage.Office.Agency)),
        new("a viewer", View, stage => stage.MemberAsync(MemberRole.Viewer)),
        new("a tester", View | Try, stage => stage.MemberAsync(MemberRole.Tester)),
        new("a developer", View | Try | Develop, stage => stage.MemberAsync(MemberRole.Developer)),
        new("an owner", View | Try | Develop | Own, stage => stage.MemberAsync(MemberRole.Owner)),
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M1_nobody_reaches_more_of_an_application_than_they_may(Engine engine)
    {
        await using var stage = await AccessStage.OpenAsync(engine);
        var host = await HostPages.OfAsync(stage.Office.Admin);
        var rows = host.Where(r => r.Matrix == PageMatrix.Applications).ToList();
        HostPages.AreIn(nameof(AccessMatrixTests), Table.Keys, rows);
        var wrong = new List<string>();
        foreach (var standing in Standings)
        {
            using var visitor = await standing.ComesAsync(stage);
            var (before, from) = (await stage.StateAsync(), await visitor.OpenAsync("/signout"));
            foreach (var row in rows.Where(row => !standing.May(row) || standing.Rights == None))
                Note(wrong, standing, row, await stage.AskAsync(visitor, from, row, stage.Forged));
            if (await stage.StateAsync() != before) wrong.Add($"{standing.Who} has changed something");
            await SeesAsync(wrong, standing, visitor, (stage, host));
            foreach (var row in rows.Where(row => standing.May(row) && standing.Rights != None)) Note(wrong, standing, row, await stage.AskAsync(visitor, from, row, AccessStage.Empty));
        }
        HostPages.AllRight(wrong);
    }

    private static void Note(List<string> wrong, Standing standing, PageRow row, TestPage page)
    {
        var status = (int)page.Status;
        // What one may not see is not there; what one may see and not do is forbidden.
        var isAsWritten = standing.May(row) ? status < 400 : status == (standing.Rights == None ? 404 : 403);
        if (!isAsWritten) wrong.Add($"{standing.Who}: {row.Name} answers {status}");
    }

    /// <summary>A list shows it to whoever may see it, their own or the one of all; to others no page at all says a word of it, whatever is asked for.</summary>
    private static async Task SeesAsync(List<string> wrong, Standing standing, AdminVisitor visitor, (AccessStage Stage, IReadOnlyList<PageRow> Host) at)
    {
        var list = await visitor.OpenAsync("/apps?of=all");
        var isListed = at.Stage.IsNamedOn(list) || at.Stage.IsNamedOn(await visitor.OpenAsync("/apps"));
        if (isListed == (standing.Rights == None)) wrong.Add($"{standing.Who}: the list is wrong");
        if (standing.Rights != None) return;
        foreach (var row in at.Host.Where(r => !r.IsForm && (!standing.IsOfProvince || r.Template.StartsWith("apps", StringComparison.Ordinal))))
            if (at.Stage.IsNamedOn(await at.Stage.AskAsync(visitor, list, row))) wrong.Add($"{standing.Who}: {row.Name} names it");
    }

    /// <param name="Rights">With the one application of the stage.</param>
    private sealed record Standing(string Who, ApplicationRights Rights, Func<AccessStage, Task<AdminVisitor>> ComesAsync)
    {
        /// <summary>Sees of the province what is no application's.</summary>
        public bool IsOfProvince { get; init; }

        public bool May(PageRow row) => Table[row.Name] is var needed && (needed == None || (Rights & needed) != None);
    }
}
