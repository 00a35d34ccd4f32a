using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Delegation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>The sections of an application feed one document, each change a version.</summary>
public sealed class SettingsTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_changed_section_is_a_new_version_of_the_document_with_its_author(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/sign-in"), $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://datdai.mau.example/callback\nhttp://localhost:8080/callback"), ("Input.Level", "2"));

        var stored = await office.SandboxAsync(id);
        var version = await office.Admin.InDatabaseAsync(db => db.ConfigurationVersions.SingleAsync(v => v.Kind == ConfigurationStore.ClientKind && v.Name == stored.Client.ClientId && v.Version == 2));
        Assert.Equal((2, 2), (stored.Version, stored.Client.MinimumAcrLevel));
        Assert.Equal(["https://datdai.mau.example/callback", "http://localhost:8080/callback"], stored.Client.RedirectUris);
        Assert.Equal(($"admin:{owner.PersonId}", "application.sign_in"), (version.ChangedBy, version.Reason));
    }

    [Fact]
    public async Task Two_editors_never_overwrite_each_other()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var mine = await owner.OpenAsync($"/apps/{id}/sign-in");
        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/look"), $"/apps/{id}/look", ("Input.NameVi", "Hồ sơ nhà đất"));

        var page = await OwnersOffice.SaveAsync(owner, mine, $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://datdai.mau.example/callback"));
        var shown = page.Text;
        var again = await OwnersOffice.SaveAsync(owner, page, $"/apps/{id}/sign-in");

        Assert.Contains("Hồ sơ nhà đất", shown, StringComparison.Ordinal);
        Assert.Contains("Người khác đã thay đổi", shown, StringComparison.Ordinal);
        Assert.Contains("https://datdai.mau.example/callback", page.Html, StringComparison.Ordinal);
        var client = (await office.SandboxAsync(id)).Client;
        Assert.Equal(("Hồ sơ nhà đất", "https://datdai.mau.example/callback"), (client.ClientName.Vi, Assert.Single(client.RedirectUris)));
        Assert.Contains("Đã lưu", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "redirect_uris[0]: là một mẫu có dấu *; địa chỉ được so từng ký tự, hãy ghi đầy đủ từng địa chỉ")]
    [InlineData("en", "redirect_uris[0]: is a pattern; addresses are compared exactly, list each one in full")]
    public async Task What_is_wrong_is_said_in_the_owners_language(string language, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var page = await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/sign-in?lang={language}"), $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://app.example/*"));

        var fault = Assert.Single(page.Document.QuerySelectorAll(".note.bad li"), li => li.TextContent.Contains("redirect_uris", StringComparison.Ordinal));
        Assert.Equal((says, language), (fault.TextContent.Trim(), fault.Closest("[lang]")!.GetAttribute("lang")));
    }

    [Fact]
    public async Task A_reason_for_each_attribute_stands_in_the_document()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var page = await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/needs"), $"/apps/{id}/needs",
            ("Input.Scopes", "openid"), ("Input.Scopes", "email"), ("Input.Release[0].Claim", "email"), ("Input.Release[0].Kind", "Notice"), ("Input.Release[0].LawVi", "Điều 5 Quy chế mẫu"));

        var client = (await office.SandboxAsync(id)).Client;
        Assert.Equal(["openid", "email"], client.Scopes);
        var release = Assert.Single(client.Release);
        Assert.Equal(("email", DataRelease.Notice, "Điều 5 Quy chế mẫu"), (release.Claim, release.Kind, release.LegalBasis!.Vi));
        Assert.Contains("Điều 5 Quy chế mẫu", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capacities_and_numbers_are_kept()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        await OwnersOffice.SaveAsync(owner, await owner.OpenAsync($"/apps/{id}/use"), $"/apps/{id}/use",
            ("Input.Capacities", "Citizen"), ("Input.Capacities", "Representative"), ("Input.PerMonth", "12000"), ("Input.PerHour", "900"));

        var app = await office.FindAsync(id);
        Assert.Equal((12_000, 900), (app.PeoplePerMonth, app.PeoplePerHour));
        Assert.Equal([CapacityKind.Citizen, CapacityKind.Representative], (await office.SandboxAsync(id)).Client.AcceptsCapacities);
    }

    [Fact]
    public async Task What_was_typed_survives_an_expired_sign_in()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var form = await owner.OpenAsync($"/apps/{id}/sign-in");
        office.Admin.Clock!.Advance(TimeSpan.FromMinutes(45));

        var page = await owner.PassAsync(await OwnersOffice.SaveAsync(owner, form, $"/apps/{id}/sign-in", ("Input.RedirectUris", "https://datdai.mau.example/callback")));

        Assert.Contains("https://datdai.mau.example/callback", page.Html, StringComparison.Ordinal);
        Assert.Contains("chưa được lưu", page.Text, StringComparison.Ordinal);
    }
}
