using Identity.Admin.Api;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Api;

/// <summary>M1: every operation, every role, every agency. Generated from what is mapped, so that a new operation is in it by itself.</summary>
public sealed class ApiMatrixTests(ApiStage stage) : IClassFixture<ApiStage>
{
    [Fact]
    public async Task M1_an_operation_opens_to_the_roles_that_have_its_permission_and_to_nobody_else()
    {
        var operations = OperationsOf(stage);
        var described = ApiContractTests.OperationsOf(stage.Document).ToList();
        Assert.Equal(operations.Keys.Order(), described.Select(o => o.Id).Order());
        var unit = await stage.UnitAsync();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<AdminRole>())
        {
            var token = await stage.Api.NewAccountAsync($"role-{role}", role, AdminRoles.IsForAgency(role) ? unit : null);
            foreach (var (id, method, path, _) in described)
            {
                var may = operations[id].Permission is not { } needed || AdminRoles.PermissionsOf(role).Contains(needed);
                var sample = await ApiCases.SampleAsync(stage, id, path);
                var reply = await stage.Api.SendAsync(method, sample.Path, token, sample.Body, sample.Headers);
                // A machine that may is still not the second person for another machine's proposal, and takes back only its own.
                var isRefused = reply.Status == 403 || (id == "withdrawProposal" && reply.Status == 404);
                if (isRefused == may && !(id == "withdrawProposal" && may && isRefused)) wrong.Add($"{role} {id}: {reply.Status}");
            }
        }
        Assert.Empty(wrong);
    }

    /// <summary>By the name that the description has for them.</summary>
    internal static Dictionary<string, ApiOperation> OperationsOf(ApiStage stage) => stage.Api.Admin.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<ApiOperation>() is not null).ToDictionary(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, e => e.Metadata.GetMetadata<ApiOperation>()!);

    /// <summary>Whatever one agency has, another one gets neither by its identifier nor by naming it in a body.</summary>
    [Fact]
    public async Task M1_nothing_of_one_agency_opens_to_another()
    {
        await stage.UnitAsync();
        var token = await stage.Api.NewAccountAsync("other-agency", AdminRole.AgencyAdministrator, await stage.NewUnitAsync("H02.9"));
        var wrong = new List<string>();
        foreach (var (id, method, path, _) in ApiContractTests.OperationsOf(stage.Document).Where(o => o.Path.Contains('{', StringComparison.Ordinal) || ApiCases.NameAnAgency.Contains(o.Id)).Where(o => !ApiCases.OpenToEveryAgency.Contains(o.Id)))
        {
            var sample = await ApiCases.SampleAsync(stage, id, path);
            var reply = await stage.Api.SendAsync(method, sample.Path, token, sample.Body, sample.Headers);
            if (reply.Status is not (403 or 404)) wrong.Add($"{id}: {reply.Status} {reply.Body}");
        }
        Assert.Empty(wrong);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M1_an_agency_reaches_its_own_tree_and_no_other_by_any_identifier(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (own, below, other) = await api.Admin.InDatabaseAsync(async db =>
        {
            OrgUnit New(string code, Guid? parent = null) => new() { Code = code, NameVi = code, NameEn = code, ParentId = parent, ValidFrom = DateTimeOffset.UtcNow.AddYears(-1), NamedSince = DateTimeOffset.UtcNow.AddYears(-1) };
            var (first, second) = (New("H99.1"), New("H99.2"));
            var child = New("H99.1.1", first.Id);
            db.OrgUnits.AddRange(first, second, child);
            await db.SaveChangesAsync();
            return (first.Id, child.Id, second.Id);
        });
        var token = await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, own);

        var listed = (await api.GetAsync($"{TestApi.Root}/organisations/units", token)).Json["units"]!.AsArray().Select(u => u!["id"]!.GetValue<Guid>());

        Assert.Equal([own, below], listed);
        Assert.Equal(200, (await api.GetAsync($"{TestApi.Root}/organisations/units/{below}", token)).Status);
        Assert.Equal(404, (await api.GetAsync($"{TestApi.Root}/organisations/units/{other}", token)).Status);
        Assert.Equal("not-allowed", (await api.GetAsync(TestApi.Item, token)).Problem);
    }
}
