using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Organisations;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>An application belongs to a unit, and two people answer for it.</summary>
public sealed class TeamTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_last_two_owners_stay(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var invited = await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == null).Select(m => m.Id).SingleAsync());

        var page = await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Remove", [KeyValuePair.Create("member", $"{invited}")]);

        Assert.Contains("ít nhất hai người phụ trách", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.CountAsync(m => m.EndedAt == null)));
    }

    [Fact]
    public async Task A_third_owner_lets_one_of_the_others_go()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team", [KeyValuePair.Create("Input.Mail", "ba@xa.mau.example"), KeyValuePair.Create("Input.Role", "Owner")]);
        var invited = await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == null).Select(m => m.Id).FirstAsync());

        await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Remove", [KeyValuePair.Create("member", $"{invited}")]);

        Assert.Equal(2, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.CountAsync(m => m.EndedAt == null)));
        Assert.Equal(2, await office.Admin.InDatabaseAsync(db => db.OutgoingMails.CountAsync(m => m.Template == "mail.application_invitation")));
    }

    [Fact]
    public async Task Who_was_expected_is_in_the_team_with_the_first_visit_of_their_mailbox()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var second = await office.OfficialAsync(office.OtherAgency);
        var id = await office.RegisterAsync(owner);
        Assert.Equal(HttpStatusCode.NotFound, (await second.OpenAsync($"/apps/{id}")).Status);

        await office.Admin.WithAsync(async (ApplicationTeam team) => { await team.TakeUpAsync(second.PersonId, ["Hai@xa.mau.example"], CancellationToken.None); return 0; });

        Assert.Equal(HttpStatusCode.OK, (await second.OpenAsync($"/apps/{id}")).Status);
        Assert.Contains("Hồ sơ đất đai", (await second.OpenAsync("/apps")).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_owner_lets_a_service_account_in_and_it_is_none_of_the_two_owners(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        await office.Admin.Provider.ImportAsync(ServiceAccount);
        await office.Admin.RereadAsync();

        async Task<string> NameAsync(string account) =>
            (await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Account", [KeyValuePair.Create("Input.Account", account), KeyValuePair.Create("Input.Role", "Owner")])).Text;
        var (unknown, page, again) = (await NameAsync("rp"), await NameAsync("pipeline"), await NameAsync("pipeline"));
        var invited = await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.MailDigest != null).Select(m => m.Id).SingleAsync());
        await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Remove", [KeyValuePair.Create("member", $"{invited}")]);

        Assert.Contains("Không có tài khoản máy nào", unknown, StringComparison.Ordinal);
        Assert.Contains("Tài khoản máy", page, StringComparison.Ordinal);
        Assert.Contains("đã được mời", again, StringComparison.Ordinal);
        Assert.Equal(3, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.CountAsync(m => m.EndedAt == null)));
        Assert.Equal(2, await office.Admin.WithAsync((ApplicationTeam team) => team.OwnersAsync(id, CancellationToken.None)));
    }

    private const string ServiceAccount = """
        {
          "clients": [{
            "client_id": "pipeline", "client_name": { "vi": "Đường ống", "en": "Pipeline" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" }, "application_type": "machine",
            "grant_types": ["client_credentials"], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://pipeline.example/jwks", "data_release": "none"
          }]
        }
        """;

    [Fact]
    public async Task When_an_owner_leaves_the_agency_hands_over()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        using var head = await office.OfficialAsync();
        await office.Admin.GiveAsync(head.PersonId, AdminRole.AgencyAdministrator, office.Agency);
        await office.Admin.InDatabaseAsync(db => db.Affiliations.Where(a => a.PersonId == owner.PersonId).ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, DateTimeOffset.UtcNow)));

        var list = await head.OpenAsync("/apps?of=orphaned");
        var team = await head.OpenAsync($"/apps/{id}/team");
        var named = await OwnersOffice.SendAsync(head, team, $"/apps/{id}/team", [KeyValuePair.Create("Input.Mail", "moi@xa.mau.example"), KeyValuePair.Create("Input.Role", "Owner")]);
        var developer = await OwnersOffice.SendAsync(head, team, $"/apps/{id}/team", [KeyValuePair.Create("Input.Mail", "khac@xa.mau.example"), KeyValuePair.Create("Input.Role", "Developer")]);
        var gone = await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == owner.PersonId).Select(m => m.Id).SingleAsync());
        var removed = await OwnersOffice.SendAsync(head, await head.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Remove", [KeyValuePair.Create("member", $"{gone}")]);

        Assert.Contains("Hồ sơ đất đai", list.Text, StringComparison.Ordinal);
        Assert.Contains("cần bàn giao", team.Text, StringComparison.Ordinal);
        Assert.Contains("moi@xa.mau.example", named.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, developer.Status);
        Assert.DoesNotContain("cần bàn giao", removed.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M24_One_human_being_with_two_mailboxes_is_one_owner(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var second = await office.JoinAsync();
        await office.Admin.WithAsync(async (ApplicationTeam team) => await team.AddAsync(await office.Admin.ActorAsync(second), id, MemberRole.Owner, "toi@xa.mau.example", CancellationToken.None));

        await office.TakeUpAsync(owner.PersonId, "toi@xa.mau.example");

        var rows = await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.EndedAt == null).ToListAsync());
        Assert.Equal([owner.PersonId, second], rows.OrderBy(m => m.PersonId != owner.PersonId).Select(m => m.PersonId!.Value));
        var page = await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Remove", [KeyValuePair.Create("member", $"{rows.Single(m => m.PersonId == second).Id}")]);
        Assert.Contains("ít nhất hai người phụ trách", page.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M24_Two_invitations_that_are_taken_up_at_once_make_one_member_with_the_stronger_role(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        for (var round = 0; round < 10; round++)
        {
            var (person, viewer, developer) = (await office.Admin.Provider.CitizenAsync($"0961680001{round:D2}", "1968-09-05"), $"xem{round}@xa.mau.example", $"lam{round}@xa.mau.example");
            foreach (var (mail, role) in new[] { (viewer, MemberRole.Viewer), (developer, MemberRole.Developer) })
                await office.Admin.WithAsync(async (ApplicationTeam team) => await team.AddAsync(await office.Admin.ActorAsync(owner.PersonId), id, role, mail, CancellationToken.None));

            await Task.WhenAll(office.TakeUpAsync(person, viewer), office.TakeUpAsync(person, developer));

            Assert.Equal([MemberRole.Developer], await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == person && m.EndedAt == null).Select(m => m.Role).ToListAsync()));
        }
    }

    [Fact]
    public async Task M24_An_invitation_that_nobody_takes_up_ends_after_a_month_and_says_so()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, clock);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        Assert.Contains("Chờ đăng nhập lần đầu, đến hết ngày", (await owner.OpenAsync($"/apps/{id}/team")).Text, StringComparison.Ordinal);

        clock.Advance(ApplicationTeam.InvitationLifetime + TimeSpan.FromMinutes(1));
        await office.JoinAsync();
        var expired = await owner.OpenAsync($"/apps/{id}/team");

        Assert.Contains("Lời mời đã hết hạn", expired.Text, StringComparison.Ordinal);
        Assert.Equal(1, await office.Admin.WithAsync((ApplicationTeam team) => team.OwnersAsync(id, CancellationToken.None)));
        var again = await OwnersOffice.SendAsync(owner, expired, $"/apps/{id}/team", [KeyValuePair.Create("Input.Mail", "hai@xa.mau.example"), KeyValuePair.Create("Input.Role", "Owner")]);
        Assert.DoesNotContain("Lời mời đã hết hạn", again.Text, StringComparison.Ordinal);
        Assert.Equal(2, await office.Admin.WithAsync((ApplicationTeam team) => team.OwnersAsync(id, CancellationToken.None)));
    }
}
