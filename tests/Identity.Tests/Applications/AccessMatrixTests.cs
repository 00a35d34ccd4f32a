using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Route × role × agency: what is somebody else's is not there, whatever id is sent (M1).</summary>
public sealed class AccessMatrixTests
{
    private static readonly string[] Pages = ["", "/use", "/needs", "/sign-in", "/look", "/look?handler=Logo", "/production?handler=Logo", "/team", "/keys", "/try", "/try/start", "/production"];

    private static readonly string[] Forms =
    [
        "/use", "/needs", "/sign-in", "/look", "/look?handler=Logo", "/look?handler=NoLogo", "/look?handler=Preview", "/needs?handler=Preview", "/team", "/team?handler=Remove", "/team?handler=Account", "/keys?handler=Add", "/keys?handler=Revoke", "/keys?handler=End", "/keys?handler=Address", "/keys?handler=Upload", "/keys?handler=Make", "/keys?handler=Retire", "/keys?handler=EndKey", "/keys?handler=Confirm", "/keys?handler=Drop",
        "?handler=Confirm", "?handler=Unused", "/production?handler=Ask", "/production?handler=Withdraw", "/production?handler=Comment", "/production?handler=Approve", "/production?handler=Refuse", "/production?handler=Live",
    ];

    [Theory]
    [InlineData(null), InlineData(AdminRole.HelpDesk), InlineData(AdminRole.Operator), InlineData(AdminRole.AgencyAdministrator)]
    public async Task Nobody_of_another_agency_reaches_an_application(AdminRole? role)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        using var stranger = await office.OfficialAsync(office.OtherAgency);
        if (role is { } held) await office.Admin.GiveAsync(stranger.PersonId, held, AdminRoles.IsForAgency(held) ? office.OtherAgency : null);
        var before = await office.SandboxAsync(id);

        foreach (var page in Pages) Assert.Equal((page, HttpStatusCode.NotFound), (page, (await stranger.OpenAsync($"/apps/{id}{page}")).Status));
        foreach (var form in Forms) Assert.Equal((form, HttpStatusCode.NotFound), (form, (await ForgeAsync(stranger, $"/apps/{id}{form}")).Status));

        Assert.DoesNotContain("Hồ sơ đất đai", (await stranger.OpenAsync("/apps?of=all")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hồ sơ đất đai", (await stranger.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await office.SandboxAsync(id)).Version);
        Assert.Equal(2, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.CountAsync(m => m.EndedAt == null)));
    }

    [Theory]
    [InlineData(AdminRole.Auditor), InlineData(AdminRole.Reviewer)]
    public async Task Who_only_reads_changes_nothing(AdminRole role)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        using var reader = await office.OfficialAsync(office.OtherAgency, role);
        var before = await office.SandboxAsync(id);

        Assert.Equal(HttpStatusCode.OK, (await reader.OpenAsync($"/apps/{id}")).Status);
        foreach (var form in Forms.Where(f => !f.Contains("Approve", StringComparison.Ordinal) && !f.Contains("Refuse", StringComparison.Ordinal) && !f.Contains("Comment", StringComparison.Ordinal) && !f.Contains("Remove", StringComparison.Ordinal)))
            Assert.Equal((form, HttpStatusCode.Forbidden), (form, (await ForgeAsync(reader, $"/apps/{id}{form}")).Status));
        Assert.Equal(before.Version, (await office.SandboxAsync(id)).Version);
    }

    [Theory]
    [InlineData(MemberRole.Viewer, "/use"), InlineData(MemberRole.Tester, "/sign-in"), InlineData(MemberRole.Viewer, "/look?handler=Logo"), InlineData(MemberRole.Tester, "/look?handler=NoLogo"), InlineData(MemberRole.Developer, "/team"), InlineData(MemberRole.Developer, "/production?handler=Ask"), InlineData(MemberRole.Viewer, "/keys?handler=Add")]
    [InlineData(MemberRole.Developer, "?handler=Confirm"), InlineData(MemberRole.Developer, "?handler=Unused")]
    public async Task A_member_does_what_the_role_says_and_no_more(MemberRole role, string form)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        using var member = await office.OfficialAsync(office.OtherAgency);
        await office.Admin.InDatabaseAsync(db =>
        {
            db.ApplicationMembers.Add(new() { ApplicationId = id, Role = role, PersonId = member.PersonId, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test" });
            return db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.OK, (await member.OpenAsync($"/apps/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ForgeAsync(member, $"/apps/{id}{form}")).Status);
    }

    [Fact]
    public async Task An_agency_administrator_sees_their_own_tree()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        using var head = await office.OfficialAsync(office.OtherAgency);
        await office.Admin.GiveAsync(head.PersonId, AdminRole.AgencyAdministrator, office.Agency);

        Assert.Equal(HttpStatusCode.OK, (await head.OpenAsync($"/apps/{id}")).Status);
        Assert.Contains("Hồ sơ đất đai", (await head.OpenAsync("/apps?of=all")).Text, StringComparison.Ordinal);
    }

    /// <summary>A form with a token of this visitor and fields that would fit, sent to where they have no business.</summary>
    private static async Task<TestPage> ForgeAsync(AdminVisitor visitor, string address)
    {
        var token = (await visitor.OpenAsync("/signout")).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        return await visitor.Browser.PostAsync(address.StartsWith("http", StringComparison.Ordinal) ? address : new Uri((await visitor.OpenAsync("/signout")).Address, address).AbsoluteUri, new Dictionary<string, string>
        {
            ["form"] = token, ["Version"] = "1", ["Input.Version"] = "1", ["Input.RedirectUris"] = "https://app.example/cb", ["Input.Contact"] = "hotro@mau.example", ["Input.Reason"] = "vì thế", ["Input.NextStep"] = "làm lại",
            ["Input.Text"] = "chào", ["Input.Why"] = "thôi dùng", ["Input.Mail"] = "ai@xa.mau.example", ["Input.Role"] = "Owner", ["Input.Account"] = "rp", ["member"] = "0190b5f0-0000-7000-8000-000000000000", ["Input.Capacities"] = "Citizen", ["Input.Scopes"] = "openid", ["Input.NameVi"] = "Đổi tên",
        });
    }
}
