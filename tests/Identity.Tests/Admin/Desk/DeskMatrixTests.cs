using System.Net;
using System.Reflection;
using Identity.Admin.Access;
using Identity.Admin.Pages;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Desk;

/// <summary>
/// M1: every page and every deed about people, agencies and the trail × every role × a thing of one's own agency, of another one, of none.
/// Generated from the host's own routes: a new page is in it the day it is written.
/// </summary>
public sealed class DeskMatrixTests
{
    public static TheoryData<string> Holders => [.. Enum.GetNames<AdminRole>(), "Nobody"];

    [Fact]
    public async Task The_matrix_knows_every_page_of_a_desk()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        Assert.Equal(Models(), Routes(stage).Select(r => r.Model).Distinct().OrderBy(m => m.Name));
    }

    [Theory, MemberData(nameof(Holders))]
    public async Task M1_nothing_opens_beyond_role_and_agency(string holder)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var foreign = await ForeignThings.MakeAsync(stage);
        var role = Enum.TryParse<AdminRole>(holder, out var known) ? known : (AdminRole?)null;
        using var visitor = await VisitorAsync(stage, role);
        var before = await foreign.StateAsync(stage);
        var wrong = new List<string>();

        foreach (var route in Routes(stage))
        {
            var expected = Expected(route, role);
            var page = await visitor.OpenAsync(foreign.Fill(route));
            Note(wrong, $"GET {route.Template}", expected, page);
            if (role == AdminRole.AgencyAdministrator) wrong.AddRange(foreign.Marks.Where(m => page.Html.Contains(m, StringComparison.Ordinal)).Select(m => $"GET {route.Template} shows {m}"));
            foreach (var deed in Deeds(route.Model))
            {
                page = await DeskStage.PostAsync(visitor, await visitor.OpenAsync("/signout"), foreign.Fill(route, deed), foreign.Fields);
                if (expected == HttpStatusCode.Forbidden || (role == AdminRole.AgencyAdministrator && IsAboutAThing(route, deed))) Note(wrong, $"POST {route.Template} {deed}", expected == HttpStatusCode.Forbidden ? expected : HttpStatusCode.NotFound, page);
            }
        }

        Assert.Empty(wrong);
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

    private static HttpStatusCode Expected(Route route, AdminRole? role)
    {
        if (role is not { } held || !AdminRoles.PermissionsOf(held).Contains(route.Permission)) return HttpStatusCode.Forbidden;
        var isNobodys = route.Model == typeof(PersonModel);
        return route.HasId && (isNobodys || held == AdminRole.AgencyAdministrator) ? HttpStatusCode.NotFound : HttpStatusCode.OK;
    }

    /// <summary>Deeds whose thing stands in the address or in a field; a search and an upload begin something of one's own.</summary>
    private static bool IsAboutAThing(Route route, string deed) => route.HasId || (deed is not ("" or "upload" or "export"));

    private static void Note(List<string> wrong, string what, HttpStatusCode expected, TestPage page)
    {
        if (page.Status != expected) wrong.Add($"{what}: {page.Status} instead of {expected}");
    }

    private static async Task<AdminVisitor> VisitorAsync(DeskStage stage, AdminRole? role) => role switch
    {
        null => await stage.Admin.SignInAsync(),
        AdminRole.AgencyAdministrator => await stage.AgencyAsync(stage.Home),
        { } province => await stage.Admin.SignInAsync(province),
    };

    private static IEnumerable<Type> Models() => typeof(DeskPage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DeskPage)) && !t.IsAbstract).OrderBy(t => t.Name);

    private static List<Route> Routes(DeskStage stage)
    {
        var pages = stage.Admin.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>();
        var loader = stage.Admin.Services.GetRequiredService<Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageLoader>();
        return [.. pages.Select(p => (Page: p, Model: loader.LoadAsync(p, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty).Result.HandlerTypeInfo.AsType())).Where(p => p.Model.IsSubclassOf(typeof(DeskPage)))
            .Select(p => new Route(p.Page.AttributeRouteInfo!.Template!, p.Model, p.Model.GetCustomAttribute<NeedsAttribute>()!.Permission))];
    }

    private static IEnumerable<string> Deeds(Type model) => model.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal)).Select(m => m.Name["OnPost".Length..].Replace("Async", "", StringComparison.Ordinal).ToLowerInvariant());

    internal sealed record Route(string Template, Type Model, Permission Permission)
    {
        public bool HasId => Template.Contains("{id", StringComparison.Ordinal);
    }

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

        public string Fill(Route route, string? deed = null)
        {
            var id = route.Model == typeof(UnitModel) ? Unit : route.Model == typeof(ConflictModel) ? Conflict : route.Model == typeof(DecidedConflictModel) ? Decided : LookUp;
            return "/" + route.Template.Replace("{id:guid}", id.ToString(), StringComparison.Ordinal).Replace("/{handler?}", string.IsNullOrEmpty(deed) ? "" : $"/{deed}", StringComparison.Ordinal);
        }

        public Task<string> StateAsync(DeskStage stage) => stage.Admin.InDatabaseAsync(async db => string.Join('\n',
            string.Join(';', await db.OrgUnits.OrderBy(u => u.Id).Select(u => $"{u.NameVi} {u.ParentId} {u.ValidTo}").ToListAsync()),
            string.Join(';', await db.Affiliations.OrderBy(a => a.Id).Select(a => $"{a.EndedAt} {a.ReviewedAt}").ToListAsync()),
            string.Join(';', await db.People.OrderBy(p => p.Id).Where(p => p.LinkedIdentities.Count > 0).Select(p => p.Status).ToListAsync()),
            string.Join(';', await db.RecoveryAids.Select(a => a.DecidedAt).ToListAsync()), string.Join(';', await db.LinkConflicts.Select(c => c.ResolvedAt).ToListAsync()),
            await db.ConflictProposals.CountAsync(), await db.RecoveryRequests.CountAsync(), await db.StaffRecords.CountAsync()));
    }
}
