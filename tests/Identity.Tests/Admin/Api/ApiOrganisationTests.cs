using System.Text;
using Identity.Domain.Administration;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>Units and personnel lists by the management API.</summary>
public sealed class ApiOrganisationTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_unit_gets_another_name_from_whoever_saw_it_last_and_its_agency_cannot_end_it(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var unit = await api.Admin.UnitAsync(OperatingStage.Agency);
        var (province, agency) = (await api.NewAccountAsync("province", AdminRole.Administrator), await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, unit));
        var address = $"{TestApi.Root}/organisations/units/{unit}";
        var tag = (await api.GetAsync(address, agency)).ETag!;
        var rename = new { deed = "rename", since = "2026-01-01", name_vi = "Sở Nội vụ mới", name_en = "New department" };

        Assert.Equal(200, (await api.PostAsync($"{address}/changes/preview", agency, rename)).Status);
        Assert.Equal(204, (await api.PostAsync($"{address}/changes", agency, rename, ("If-Match", tag))).Status);
        Assert.Equal("stale-version", (await api.PostAsync($"{address}/changes", province, rename, ("If-Match", tag))).Problem);
        var after = await api.GetAsync(address, agency);
        Assert.Equal("Sở Nội vụ mới", after.Json["name_vi"]!.GetValue<string>());
        Assert.Equal("Sở Nội vụ", (await api.GetAsync($"{address}/history", agency)).Json["past"]![0]!["name_vi"]!.GetValue<string>());
        var ended = await api.PostAsync($"{address}/changes", agency, new { deed = "end", since = "2026-02-01" }, ("If-Match", after.ETag!));
        Assert.Equal((403, "is_the_provinces"), (ended.Status, ended.Json["refusal"]!.GetValue<string>()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_list_changes_nothing_before_its_second_request_and_is_its_accounts_own(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var unit = await api.Admin.UnitAsync(OperatingStage.Agency);
        var (agency, other) = (await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, unit), await api.NewAccountAsync("other", AdminRole.AgencyAdministrator, unit));
        var source = (await api.GetAsync($"{TestApi.Root}/organisations/staff-lists", agency)).Json["sources"]![0]!.GetValue<string>();
        var file = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Office.ListHeader}\n1001,,lan@so.mau.example,Nguyễn Thị Lan,H99.07,Chuyên viên,2025-07-01,,"));

        var sent = await api.PostAsync($"{TestApi.Root}/organisations/staff-uploads", agency, new { source, file });
        var address = sent.Headers["Location"];

        Assert.Equal((201, "joiner"), (sent.Status, sent.Json["changes"]![0]!["kind"]!.GetValue<string>()));
        Assert.Equal(0, await api.Admin.InDatabaseAsync(db => db.StaffRecords.CountAsync()));
        Assert.Equal(404, (await api.GetAsync(address, other)).Status);
        Assert.Equal(404, (await api.PostAsync($"{address}/import", other, new { })).Status);
        Assert.Equal(1, (await api.PostAsync($"{address}/import", agency, new { })).Json["changes"]!.GetValue<int>());
        Assert.Equal(404, (await api.PostAsync($"{address}/import", agency, new { })).Status);
        Assert.Equal("1001", (await api.GetAsync($"{TestApi.Root}/organisations/units/{unit}/staff", agency)).Json["staff"]![0]!["staff_number"]!.GetValue<string>());
    }
}
