using System.Text.Json.Nodes;
using Identity.Domain.Applications;
using Identity.Tests.Organisations;

namespace Identity.Tests.Admin.Api;

internal static class ApplicationCases
{
    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["getApplication"] = async (s, template) => new(At(template, await MadeAsync(s))),
            ["getTeam"] = async (s, template) => new(At(template, await MadeAsync(s))),
            ["nameOwner"] = async (s, template) => new(At(template, await MadeAsync(s)), Owner(s)),
            ["removeMember"] = async (s, template) => await GoneAsync(s, template, owners: 3),
            ["getProductionRequest"] = async (s, template) => new(At(template, await AskedAsync(s))),
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["nameOwner 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "nameOwner", "/applications/{id}/team/owners", times: 2),
            ["nameOwner 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "nameOwner", "/applications/{id}/team/owners", body => body["mail"] = "no address"),
            ["removeMember 409"] = async s => await s.Api.SendAsync(HttpMethod.Post, (await GoneAsync(s, $"{TestApi.Root}/applications/{{id}}/team/{{member}}/removal", owners: 2)).Path, s.Administrator),
        });

    private static string At(string template, Guid id) => template.Replace("{id}", $"{id}", StringComparison.Ordinal);

    private static JsonObject Owner(ApiStage stage) => new() { ["mail"] = $"chu.{stage.NextNumber()}@anbinh.example" };

    private static async Task<Guid> MadeAsync(ApiStage stage)
    {
        var unit = await stage.UnitAsync();
        return await stage.Api.Admin.InDatabaseAsync(async db =>
        {
            var made = new Application { UnitId = unit, NameVi = "Một cửa", NameEn = "One stop", SandboxClientId = $"app-{stage.NextNumber()}", CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "test" };
            db.Applications.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });
    }

    /// <summary>A member who has no post any more, among so many owners.</summary>
    private static async Task<Sample> GoneAsync(ApiStage stage, string template, int owners)
    {
        var id = await MadeAsync(stage);
        var people = new List<Guid>();
        for (var i = 0; i < owners; i++) people.Add(await stage.Api.Admin.Provider.CitizenAsync(PeopleCases.NewNumber(stage), "1968-09-05"));
        var member = await stage.Api.Admin.InDatabaseAsync(async db =>
        {
            var members = people.Select(p => new ApplicationMember { ApplicationId = id, Role = MemberRole.Owner, PersonId = p, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test" }).ToList();
            db.ApplicationMembers.AddRange(members);
            await db.SaveChangesAsync();
            return members[0].Id;
        });
        return new(At(template, id).Replace("{member}", $"{member}", StringComparison.Ordinal));
    }

    private static async Task<Guid> AskedAsync(ApiStage stage)
    {
        var (id, person) = (await MadeAsync(stage), await stage.Api.Admin.Provider.CitizenAsync(PeopleCases.NewNumber(stage), "1968-09-05"));
        await stage.Api.Admin.InDatabaseAsync(db =>
        {
            db.ProductionRequests.Add(new()
            {
                ApplicationId = id, RequestedBy = person, RequestedAt = DateTimeOffset.UtcNow, DueAt = DateTimeOffset.UtcNow.AddDays(5), SandboxVersion = 1, ClientId = "app", ProposalDigest = "x", RedirectUris = "https://app.example/cb", Contact = "0900 000 000",
            });
            return db.SaveChangesAsync();
        });
        return id;
    }
}
