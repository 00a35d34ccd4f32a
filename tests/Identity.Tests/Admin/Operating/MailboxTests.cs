using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Applications;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Operating;

/// <summary>Whose an official mailbox is: asked in one place, and told by doors and personnel lists, never by an address in a profile.</summary>
public sealed class MailboxTests
{
    private const string Mail = "hai@xa.mau.example";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Somebody_whose_address_is_from_the_national_e_id_takes_up_what_waits_for_their_official_mailbox(Engine engine)
    {
        await using var office = await OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var second = await office.Admin.NewVisitorAsync();
        await ProveAsync(office, second.PersonId, Mail, withNationalId: true);
        var id = await office.RegisterAsync(owner);
        await office.Admin.WithAsync((RoleBook roles) => roles.GiveAsync(new RoleGift(AdminRole.Auditor, "test") { Mail = Mail }, "test", CancellationToken.None));

        await second.SignInAsync();

        Assert.Contains("Hồ sơ đất đai", (await second.OpenAsync("/apps")).Text, StringComparison.Ordinal);
        Assert.Equal(MemberRole.Owner, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.ApplicationId == id && m.PersonId == second.PersonId).Select(m => m.Role).SingleAsync()));
        Assert.Equal(AdminRole.Auditor, await office.Admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.PersonId == second.PersonId).Select(r => r.Role).SingleAsync()));
    }

    [Fact]
    public async Task Ones_own_official_mailbox_is_no_second_owner_and_gets_no_role()
    {
        await using var office = await OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync(null, AdminRole.Administrator);
        await ProveAsync(office, owner.PersonId, Mail, withNationalId: true);

        var form = await office.StartAsync(owner);
        var role = await RoleTests.GiveAsync(owner, AdminRole.Auditor, ("Input.Mail", Mail.ToUpperInvariant()));

        Assert.Equal("/apps/new", form.Address.AbsolutePath);
        Assert.Equal(0, await office.Admin.InDatabaseAsync(db => db.Applications.CountAsync()));
        Assert.Contains("Không ai tự giao", role.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_mailbox_is_its_newest_holders_and_nobodys_behind_a_closed_door_or_against_the_personnel_list(Engine engine)
    {
        await using var office = await OpenAsync(engine);
        var (before, after) = (await office.Admin.Provider.CitizenAsync("096168000011", "1968-09-05"), await office.Admin.Provider.CitizenAsync("096168000012", "1968-09-05"));
        Task<Guid?> HolderAsync() => office.Admin.WithAsync((OfficialMailboxes mailboxes) => mailboxes.HolderOfAsync($" {Mail.ToUpperInvariant()} ", CancellationToken.None));

        Assert.Null(await HolderAsync());
        await ProveAsync(office, before, Mail, subject: "box-1");
        Assert.Equal(before, await HolderAsync());
        await ProveAsync(office, after, Mail, subject: "box-2");
        Assert.Equal(after, await HolderAsync());
        Assert.Empty(await office.Admin.WithAsync((OfficialMailboxes mailboxes) => mailboxes.OfPersonAsync(before, CancellationToken.None)));

        var digest = await office.Admin.WithAsync((StaffPosts posts) => Task.FromResult(posts.MailDigest(Mail)));
        await office.Admin.SaveAsync(db => db.StaffRecords.Add(new() { Source = "hr", StaffNumber = "CB1", SealedName = "", UnitId = office.Agency, MailDigest = digest, PersonId = before }));
        Assert.Null(await HolderAsync());
        await office.Admin.InDatabaseAsync(db => db.StaffRecords.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, StaffState.Left)));
        Assert.Equal(after, await HolderAsync());
        await office.Admin.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Subject == "box-2").ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, (DateTimeOffset?)DateTimeOffset.UtcNow)));
        Assert.Null(await HolderAsync());
    }

    private static async Task<OwnersOffice> OpenAsync(Engine engine)
    {
        var office = await OwnersOffice.OpenAsync(engine);
        await office.Admin.Provider.ImportAsync(MailDoor.Connector("http://localhost:9"));
        await office.Admin.RereadAsync();
        return office;
    }

    /// <summary>Through the doors as sign-ins go through them.</summary>
    private static async Task ProveAsync(OwnersOffice office, Guid person, string mail, bool withNationalId = false, string subject = "box")
    {
        var eid = new ExternalIdentity("vnconnect", "https://eid.example", $"eid-{person}", ExternalSubjectKind.Individual, ProofingLevel.Level02,
            new Dictionary<string, string> { [AttributeNames.Email] = "rieng@thu.example" }, [], DateTimeOffset.UtcNow);
        if (withNationalId) await EnterAsync(office, person, eid);
        await EnterAsync(office, person, Office.Mailbox(MailDoor.Name, subject, mail));
    }

    private static Task<bool> EnterAsync(OwnersOffice office, Guid person, ExternalIdentity door) => office.Admin.Provider.DoAsync<IServiceProvider, bool>(async services =>
    {
        await services.GetRequiredService<PersonDirectory>().EnterAsync(person, door, addLink: true, reopen: false, CancellationToken.None);
        await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        await services.GetRequiredService<StaffArrivals>().ArriveAsync(person, door, CancellationToken.None);
        return true;
    });
}
