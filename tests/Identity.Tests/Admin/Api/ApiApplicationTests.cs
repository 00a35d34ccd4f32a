using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;

namespace Identity.Tests.Admin.Api;

/// <summary>Applications by the management API.</summary>
public sealed class ApiApplicationTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_agency_sees_the_applications_of_its_tree_and_names_owners_with_the_scope_for_roles_alone(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (own, other) = (await api.Admin.UnitAsync(OperatingStage.Division), await api.Admin.UnitAsync(OperatingStage.OtherAgency));
        Application New(Guid unit, string client) => new() { UnitId = unit, NameVi = client, NameEn = client, SandboxClientId = client, CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "test" };
        var (mine, theirs) = (New(own, "mine"), New(other, "theirs"));
        await api.Admin.SaveAsync(db => db.Applications.AddRange(mine, theirs));
        var unit = await api.Admin.UnitAsync(OperatingStage.Agency);
        var (token, reader) = (await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, unit), await api.NewAccountAsync("reader", AdminRole.AgencyAdministrator, unit, "admin.applications"));

        Assert.Equal(["mine"], (await api.GetAsync($"{TestApi.Root}/applications", reader)).Json["applications"]!.AsArray().Select(a => a!["name_vi"]!.GetValue<string>()));
        Assert.Equal(200, (await api.GetAsync($"{TestApi.Root}/applications/{mine.Id}", reader)).Status);
        Assert.Equal(404, (await api.GetAsync($"{TestApi.Root}/applications/{theirs.Id}", reader)).Status);
        Assert.Equal("scope-missing", (await api.PostAsync($"{TestApi.Root}/applications/{mine.Id}/team/owners", reader, new { mail = "lan@anbinh.example" })).Problem);
        Assert.Equal(204, (await api.PostAsync($"{TestApi.Root}/applications/{mine.Id}/team/owners", token, new { mail = "lan@anbinh.example" })).Status);
        Assert.Equal("lan@anbinh.example", (await api.GetAsync($"{TestApi.Root}/applications/{mine.Id}/team", token)).Json["members"]![0]!["name"]!.GetValue<string>());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Fifty_one_requests_that_are_due_at_one_moment_all_stand_in_the_queue(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (unit, now) = (await api.Admin.UnitAsync(OperatingStage.Division), DateTimeOffset.UtcNow);
        var applications = Enumerable.Range(0, 51).Select(i => new Application { UnitId = unit, NameVi = $"Ứng dụng {i}", NameEn = $"Application {i}", SandboxClientId = $"app-{i}", CreatedAt = now, CreatedBy = "test" }).ToList();
        await api.Admin.SaveAsync(db =>
        {
            db.Applications.AddRange(applications);
            db.ProductionRequests.AddRange(applications.Select(a => new ProductionRequest
            {
                ApplicationId = a.Id, RequestedBy = Guid.NewGuid(), RequestedAt = now, DueAt = now.AddDays(2), SandboxVersion = 1, ClientId = a.SandboxClientId, ProposalDigest = "x", RedirectUris = "https://app.example/cb", Contact = "0900 000 000",
            }));
        });
        using var reviewer = await api.Admin.SignInAsync(AdminRole.Reviewer);
        var token = await api.NewAccountAsync("reader", AdminRole.Reviewer);
        var wanted = applications.Select(a => $"{a.Id}").Order();

        var first = await reviewer.OpenAsync("/reviews");
        var second = await reviewer.OpenAsync(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var shown = new[] { first, second }.SelectMany(p => p.Document.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")!.Split('/')[2])).ToList();
        var head = await api.GetAsync($"{TestApi.Root}/applications/reviews", token);
        var tail = await api.GetAsync(head.Headers["Link"].Split('<', '>')[1], token);
        var listed = new[] { head, tail }.SelectMany(r => r.Json["requests"]!.AsArray().Select(w => w!["application_id"]!.GetValue<string>())).ToList();

        Assert.Equal((50, 1), (first.Document.QuerySelectorAll("tbody tr").Length, second.Document.QuerySelectorAll("tbody tr").Length));
        Assert.Equal(wanted, shown.Order());
        Assert.Equal(wanted, listed.Order());
    }
}
