using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Identity.Domain.Organisations;
using Identity.Tests.Organisations;

namespace Identity.Tests.Admin.Api;

internal static class OrganisationCases
{
    private const string Uploads = "/organisations/staff-uploads";

    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["previewUnitChange"] = async (s, template) => new(At(template, await UnitAsync(s)), Rename()),
            ["changeUnit"] = async (s, template) => await ChangeAsync(s, template),
            ["getUnitHistory"] = async (s, template) => new(At(template, await s.UnitAsync())),
            ["listUnitStaff"] = async (s, template) => new(At(template, await s.UnitAsync())),
            ["confirmStanding"] = async (s, template) => new(At(template, await StandingAsync(s))),
            ["endStanding"] = async (s, template) => new(At(template, await StandingAsync(s))),
            ["uploadStaffList"] = (_, template) => Task.FromResult(new Sample(template, List())),
            ["getStaffUpload"] = async (s, template) => new(template.Replace("{id}", await UploadedAsync(s), StringComparison.Ordinal)),
            ["importStaffList"] = async (s, template) => new(template.Replace("{id}", await UploadedAsync(s), StringComparison.Ordinal), new JsonObject()),
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["previewUnitChange 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "previewUnitChange", "/organisations/units/{id}/changes/preview", body => body["name_vi"] = " "),
            ["changeUnit 409"] = EndWhatHasUnitsBelowAsync,
            ["changeUnit 412"] = async s => await s.Api.PostAsync($"{TestApi.Root}/organisations/units/{await UnitAsync(s)}/changes", s.Administrator, Rename(), ("If-Match", "\"t1\"")),
            ["changeUnit 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "changeUnit", "/organisations/units/{id}/changes", body => body["since"] = "2020-01-01"),
            ["confirmStanding 409"] = s => AfterItsEndAsync(s, "confirmation"),
            ["endStanding 409"] = s => AfterItsEndAsync(s, "ending"),
            ["uploadStaffList 404"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "uploadStaffList", Uploads, body => body["source"] = "hr-somebody-else"),
            ["importStaffList 409"] = async s => await s.Api.PostAsync($"{TestApi.Root}{Uploads}/{await UploadedAsync(s, "1,,,A,no code,,2025-01-01,,")}/import", s.Administrator, new { }),
        });

    private static string At(string template, Guid id) => template.Replace("{id}", $"{id}", StringComparison.Ordinal);

    private static Task<Guid> UnitAsync(ApiStage stage) => stage.NewUnitAsync($"H03.{stage.NextNumber()}");

    private static JsonObject Rename() => new() { ["deed"] = "rename", ["since"] = DateTimeOffset.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["name_vi"] = "Sở Mới", ["name_en"] = "New department" };

    private static async Task<Sample> ChangeAsync(ApiStage stage, string template)
    {
        var id = await UnitAsync(stage);
        return new(At(template, id), Rename(), ("If-Match", await TagAsync(stage, id)));
    }

    private static async Task<string> TagAsync(ApiStage stage, Guid unit) => (await stage.Api.GetAsync($"{TestApi.Root}/organisations/units/{unit}", stage.Administrator)).ETag!;

    private static async Task<ApiReply> EndWhatHasUnitsBelowAsync(ApiStage stage)
    {
        var id = await UnitAsync(stage);
        await stage.Api.Admin.InDatabaseAsync(db =>
        {
            db.OrgUnits.Add(new() { Code = $"H04.{stage.NextNumber()}", NameVi = "Phòng", NameEn = "Division", ParentId = id, ValidFrom = DateTimeOffset.UtcNow.AddYears(-1), NamedSince = DateTimeOffset.UtcNow.AddYears(-1) });
            return db.SaveChangesAsync();
        });
        var body = Rename();
        body["deed"] = "end";
        return await stage.Api.PostAsync($"{TestApi.Root}/organisations/units/{id}/changes", stage.Administrator, body, ("If-Match", await TagAsync(stage, id)));
    }

    private static async Task<Guid> StandingAsync(ApiStage stage)
    {
        var (person, unit) = (await stage.Api.Admin.Provider.CitizenAsync(PeopleCases.NewNumber(stage), "1968-09-05"), await stage.UnitAsync());
        return await stage.Api.Admin.InDatabaseAsync(async db =>
        {
            var standing = new Affiliation
            {
                PersonId = person, OrgUnitId = unit, Kind = AffiliationKind.Official, Strength = RepresentationStrength.ConfirmedByAdministrator, Source = AffiliationSource.HumanResources,
                SourceKey = $"{person:N}"[..12], ValidFrom = DateTimeOffset.UtcNow.AddDays(-400), CreatedAt = DateTimeOffset.UtcNow.AddDays(-300),
            };
            db.Affiliations.Add(standing);
            await db.SaveChangesAsync();
            return standing.Id;
        });
    }

    private static async Task<ApiReply> AfterItsEndAsync(ApiStage stage, string deed)
    {
        var address = $"{TestApi.Root}/organisations/standings/{await StandingAsync(stage)}";
        Assert.Equal(204, (await stage.Api.SendAsync(HttpMethod.Post, $"{address}/ending", stage.Administrator)).Status);
        return await stage.Api.SendAsync(HttpMethod.Post, $"{address}/{deed}", stage.Administrator);
    }

    private static JsonObject List(string row = "") => new() { ["source"] = AffiliationSource.HumanResources, ["file"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Office.ListHeader}\n{row}")), ["only_changes"] = true };

    private static async Task<string> UploadedAsync(ApiStage stage, string row = "")
    {
        var sent = await stage.Api.PostAsync($"{TestApi.Root}{Uploads}", stage.Administrator, List(row));
        Assert.True(sent.Status == 201, sent.Body);
        return sent.Json["id"]!.GetValue<string>();
    }
}
