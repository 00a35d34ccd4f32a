using System.Globalization;
using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Configuration;
using Identity.Domain.Factors;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin;

/// <summary>What a page asks of the database does not grow with what stands on it: names and facts of everybody shown are read at once.</summary>
public sealed class StatementsPerPageTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_list_asks_no_more_for_many_rows_than_for_two(Engine engine)
    {
        var statements = new StatementCount();
        await using var admin = await TestAdmin.StartAsync(engine, configure: builder => builder.Services.AddSingleton<IStartupFilter>(statements));
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var unit = await admin.UnitAsync(OperatingStage.Agency);
        var application = NewApplication(unit, "first");
        await admin.SaveAsync(db => db.Applications.Add(application));
        string[] lists =
        [
            "/recoveries", "/configuration/proposals", "/configuration/history?kind=client&name=rp", "/configuration?kind=client", "/roles", "/apps?of=all", "/apps?of=orphaned", "/apps?of=unconfirmed",
            $"/apps/{application.Id}/team", "/staff/reviews?list=Review", "/audit", "/",
        ];

        await FillAsync(admin, visitor.PersonId, unit, application.Id, 0, 2);
        var few = await OpenAsync(visitor, lists, statements);
        await FillAsync(admin, visitor.PersonId, unit, application.Id, 2, 14);
        var many = await OpenAsync(visitor, lists, statements);

        Assert.Equal(few.Select(p => (p.List, p.Statements)), many.Select(p => (p.List, p.Statements)));
        Assert.All(many.Zip(few), pair => Assert.True(pair.First.Length > pair.Second.Length || pair.First.List.Contains("kind=client", StringComparison.Ordinal) && !pair.First.List.Contains("history", StringComparison.Ordinal), pair.First.List));
        // The first page asks every queue of the province whether somebody waits in it.
        Assert.All(many, p => Assert.InRange(p.Statements, 3, p.List == "/" ? 32 : 16));
    }

    private static async Task<List<(string List, int Statements, int Length)>> OpenAsync(AdminVisitor visitor, string[] lists, StatementCount statements)
    {
        var opened = new List<(string, int, int)>();
        foreach (var list in lists)
        {
            // The first time, what is read once per process is read.
            await visitor.OpenAsync(list);
            var length = 0;
            var count = await statements.OfAsync(async () => length = (await visitor.OpenAsync(list)).Html.Length);
            opened.Add((list, count, length));
        }
        return opened;
    }

    private static async Task FillAsync(TestAdmin admin, Guid visitor, Guid unit, Guid application, int from, int to)
    {
        var client = JsonNode.Parse(await admin.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == ConfigurationStore.ClientKind && i.Name == "rp").Select(i => i.Document).SingleAsync()))!.AsObject();
        for (var n = from; n < to; n++)
        {
            var person = await admin.Provider.CitizenAsync(string.Create(CultureInfo.InvariantCulture, $"0961680001{n:00}"), "1968-09-05");
            var other = NewApplication(unit, $"app-{n}");
            await admin.SaveAsync(db =>
            {
                Add(db, person, unit, n, other, application);
                AddNewProof(db, visitor, person, n, other.Id, client);
            });
        }
    }

    private static void Add(IdentityDb db, Guid person, Guid unit, int n, Application other, Guid application)
    {
        var (now, name) = (DateTimeOffset.UtcNow, $"admin:{person}");
        db.RecoveryAids.Add(new RecoveryAid { PersonId = person, CaseNumber = "12/2026", RequestedBy = person, RequestedAt = now, ExpiresAt = now.AddHours(20) });
        db.ConfigurationProposals.Add(new ConfigurationProposal { Kind = ConfigurationStore.ClientKind, Name = $"proposed-{n}", Document = "{}", Reason = "test", ProposedBy = name, ProposedAt = now });
        db.ConfigurationVersions.Add(new ConfigurationVersion { Kind = ConfigurationStore.ClientKind, Name = "rp", Version = 100 + n, Document = $$"""{ "client_name": "{{n}}" }""", ChangedAt = now, ChangedBy = name, Reason = "test" });
        db.RoleAssignments.Add(new RoleAssignment { Role = AdminRole.HelpDesk, PersonId = person, GivenBy = name, GivenAt = now, Reason = "test" });
        (other.ProductionClientId, other.ConfirmationDueAt) = ($"live-{n}", now.AddDays(-40));
        db.Applications.Add(other);
        db.ApplicationMembers.Add(new ApplicationMember { ApplicationId = application, Role = MemberRole.Developer, PersonId = person, AddedAt = now, AddedBy = name });
        db.Affiliations.Add(new Affiliation { PersonId = person, OrgUnitId = unit, Kind = AffiliationKind.Official, Source = AffiliationSource.HumanResources, ValidFrom = now.AddDays(-500), CreatedAt = now.AddDays(-500) });
    }

    /// <summary>An application of whoever looks, of which somebody else wants production to prove itself otherwise.</summary>
    private static void AddNewProof(IdentityDb db, Guid visitor, Guid person, int n, Guid application, JsonObject client)
    {
        var (now, name) = (DateTimeOffset.UtcNow, $"live-{n}");
        db.ApplicationMembers.Add(new ApplicationMember { ApplicationId = application, Role = MemberRole.Owner, PersonId = visitor, AddedAt = now, AddedBy = "test" });
        (client["client_id"], client["token_endpoint_auth_method"]) = (name, "client_secret_basic");
        db.ConfigurationItems.Add(new ConfigurationItem { Kind = ConfigurationStore.ClientKind, Name = name, Version = 1, Document = client.ToJsonString(), ChangedAt = now });
        client["token_endpoint_auth_method"] = "client_secret_post";
        db.ConfigurationProposals.Add(new ConfigurationProposal { Kind = ConfigurationStore.ClientKind, Name = name, BaseVersion = 1, Document = client.ToJsonString(), Reason = "test", ProposedBy = AdminActor.NameOf(person), ProposedAt = now });
    }

    private static Application NewApplication(Guid unit, string name) => new()
    {
        UnitId = unit, NameVi = name, NameEn = name, SandboxClientId = $"sandbox-{name}", CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "test",
    };
}
