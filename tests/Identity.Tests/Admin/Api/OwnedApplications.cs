using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Organisations;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>Applications that service accounts work on: started through the API, with every account of the stage in their teams, so that only roles and scopes tell accounts apart.</summary>
internal static class OwnedApplications
{
    private static readonly string[] Accounts = ["agency", "other-agency", .. Enum.GetValues<AdminRole>().Select(r => $"role-{r}")];

    public static async Task<JsonObject> StartAsync(ApiStage stage, string kind = "server_web")
    {
        var started = await stage.Api.PostAsync($"{TestApi.Root}/applications", stage.Administrator, await BodyAsync(stage, kind));
        Assert.True(started.Status == 201, started.Body);
        var id = IdOf(started.Json);
        await stage.Api.Admin.InDatabaseAsync(db =>
        {
            db.ApplicationMembers.AddRange(Accounts.Select(a => new ApplicationMember { ApplicationId = id, Role = MemberRole.Owner, ServiceAccount = a, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test" }));
            return db.SaveChangesAsync();
        });
        return started.Json;
    }

    public static async Task<JsonObject> BodyAsync(ApiStage stage, string kind = "server_web") => new()
    {
        ["name"] = Words("Một cửa", "One stop"), ["purpose"] = Words("lập hồ sơ cho bạn", "prepare your dossier"), ["unit_id"] = $"{await stage.UnitAsync()}", ["kind"] = kind,
        ["first_owner"] = $"mot.{stage.NextNumber()}@anbinh.example", ["second_owner"] = $"hai.{stage.NextNumber()}@anbinh.example",
        ["redirect_uris"] = kind == "machine" ? new JsonArray() : new JsonArray("http://localhost:8080/callback"),
    };

    public static Guid IdOf(JsonObject application) => application["id"]!.GetValue<Guid>();

    /// <summary>Another one of the owners has signed in.</summary>
    public static async Task OwnerComesAsync(ApiStage stage, Guid id)
    {
        var person = await stage.Api.Admin.Provider.CitizenAsync(PeopleCases.NewNumber(stage), "1968-09-05");
        var unit = await stage.UnitAsync();
        await stage.Api.Admin.InDatabaseAsync(async db =>
        {
            db.Affiliations.Add(new() { PersonId = person, OrgUnitId = unit, Kind = AffiliationKind.Official, Source = "hr", ValidFrom = DateTimeOffset.UtcNow.AddDays(-1), CreatedAt = DateTimeOffset.UtcNow });
            (await db.ApplicationMembers.FirstAsync(m => m.ApplicationId == id && m.MailDigest != null && m.PersonId == null)).PersonId = person;
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>One that may ask: nobody signs in to a machine, so there is nothing to try.</summary>
    public static async Task<Guid> ReadyAsync(ApiStage stage)
    {
        var id = IdOf(await StartAsync(stage, "machine"));
        for (var owner = 0; owner < ApplicationTeam.FewestOwners; owner++) await OwnerComesAsync(stage, id);
        return id;
    }

    public static JsonObject Wish() => new() { ["redirect_uris"] = new JsonArray(), ["post_logout_redirect_uris"] = new JsonArray(), ["contact"] = "0900 000 000" };

    public static async Task<Guid> AskedAsync(ApiStage stage)
    {
        var id = await ReadyAsync(stage);
        var asked = await stage.Api.PostAsync($"{TestApi.Root}/applications/{id}/production/requests", stage.Administrator, Wish());
        Assert.True(asked.Status == 204, asked.Body);
        return id;
    }

    public static async Task<Guid> ApprovedAsync(ApiStage stage)
    {
        var id = await AskedAsync(stage);
        await ApproveAsync(stage, id);
        return id;
    }

    public static async Task ApproveAsync(ApiStage stage, Guid id)
    {
        var (reviewer, read) = (Configuration.ConfigurationDesk.Actor(AdminRole.Reviewer), Of(await ReadAsync(stage, id)));
        Assert.IsType<ApplicationOutcome.Done>(await stage.Api.Admin.WithAsync((ReviewDesk desk) => desk.ApproveAsync(reviewer, id, read, CancellationToken.None)));
    }

    public static ReadRequest Of(JsonObject read) => new(read["request"]!.GetValue<Guid>(), read["digest"]!.GetValue<string>());

    /// <summary>What goes live when it is said to have been read.</summary>
    public static async Task<JsonObject> ReadAsync(ApiStage stage, Guid id)
    {
        var shown = (await stage.Api.GetAsync($"{TestApi.Root}/applications/{id}/production", stage.Administrator)).Json;
        return new() { ["request"] = shown["id"]!.GetValue<Guid>(), ["digest"] = shown["production"]!["digest"]!.GetValue<string>() };
    }

    public static JsonObject Words(string vi, string en) => new() { ["vi"] = vi, ["en"] = en };
}
