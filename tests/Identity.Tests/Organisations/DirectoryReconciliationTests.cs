using Identity.Domain.Organisations;
using Identity.Server.Organisations;
using Identity.Tests.Connectors;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Identity.Tests.Organisations;

/// <summary>The mail directory held against the record: what a disabled or missing mailbox closes, and what it cannot.</summary>
[Collection(MailServersCollection.Name)]
public sealed class DirectoryReconciliationTests(MailServers servers)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly string[] Others = [.. Enumerable.Range(1, 9).Select(i => $"id-{i}")];

    public static TheoryData<Engine> EnginesOfThisRun => Engines.All;

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_disabled_mailbox_closes_the_door_and_suspends_the_post_until_it_is_enabled_again(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        var an = await OfficialAsync(provider);

        var gone = await ReconcileAsync(provider, ("id-an", true));

        Assert.Equal((1, 0, false), (gone.Closed, gone.Returned, gone.IsRefused));
        Assert.Equal(StandingEndReason.DirectoryDisabled, Assert.Single(await provider.StandingsAsync(an)).SuspendReason);
        Assert.Equal(["id-an"], await FrozenAsync(provider));
        Assert.Equal(0, (await ReconcileAsync(provider, ("id-an", true))).Closed);

        Assert.Equal(1, (await ReconcileAsync(provider, ("id-an", false))).Returned);
        Assert.Null(Assert.Single(await provider.StandingsAsync(an)).SuspendedAt);
        Assert.Empty(await FrozenAsync(provider));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_mailbox_that_is_gone_has_its_grace(Engine engine)
    {
        await using var provider = await ProvinceAsync(engine);
        await OfficialAsync(provider);
        Assert.Equal(0, (await ReconcileAsync(provider)).Closed);
        Assert.Empty(await FrozenAsync(provider));
        provider.Clock!.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, (await ReconcileAsync(provider)).Closed);
        Assert.Equal(["id-an"], await FrozenAsync(provider));
    }

    [Fact]
    public async Task An_emptied_directory_puts_nobody_on_the_street()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await OfficialAsync(provider);
        var verdict = await provider.DoAsync<DirectoryReconciliation, DirectoryVerdict>(d => d.ReconcileAsync(["mail"], new Dictionary<string, bool>(), allowMany: false, default));
        Assert.True(verdict.IsRefused);
        Assert.Empty(await FrozenAsync(provider));
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.DirectoryAbsences.CountAsync()));
    }

    [Fact]
    public async Task A_door_that_the_desk_froze_meanwhile_is_not_opened_by_the_directory()
    {
        await using var provider = await ProvinceAsync(Engine.Sqlite);
        await OfficialAsync(provider);
        await ReconcileAsync(provider, ("id-an", true));
        await provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Subject == "id-an").ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, (DateTimeOffset?)Start.AddDays(-1))));
        await ReconcileAsync(provider, ("id-an", false));
        Assert.Equal(["id-an"], await FrozenAsync(provider));
    }

    [Fact]
    public async Task A_real_directory_is_read_whole_and_an_unreadable_one_changes_nothing()
    {
        await using var door = await MailDoorFixture.StartAsync(servers, configure: builder => builder.Configuration["Staff:VanishedGrace"] = "00:00:00");
        using (var browser = door.Provider.NewBrowser()) await door.TokensAsync(browser, "nva@mau.example", "nva-secret");
        var person = await door.Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Connector == "thu").Select(l => l.PersonId).SingleAsync());
        await door.Provider.LinkAsync(person, Office.Mailbox("thu", "gone-for-good", "cu@mau.example"));
        Task<DirectoryVerdict?> ReconcileAsync() => door.Provider.DoAsync<DirectoryRounds, DirectoryVerdict?>(rounds => rounds.ReconcileAsync(rounds.Directories().Single(), allowMany: true, default));

        await door.ImportAsync(MailDoorFixture.Ldap(servers.LdapTlsPort, servers.LdapCa, ("search_base", $"ou=khong-co,{MailServers.LdapBase}")));
        Assert.Null(await ReconcileAsync());
        Assert.Equal(0, await door.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync(l => l.FrozenAt != null)));

        await door.ImportAsync(MailDoorFixture.Ldap(servers.LdapTlsPort, servers.LdapCa));
        Assert.Equal(1, (await ReconcileAsync())!.Closed);
        Assert.Equal(["gone-for-good"], await door.Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.FrozenAt != null).Select(l => l.Subject).ToListAsync()));
    }

    private static async Task<TestProvider> ProvinceAsync(Engine engine)
    {
        var provider = await TestProvider.StartAsync(engine, new FixedClock(Start));
        await provider.AcceptTreeAsync(Office.Tree);
        await provider.ImportAsync(MailDoor.Connector("http://localhost:9"));
        return provider;
    }

    private static async Task<Guid> OfficialAsync(TestProvider provider)
    {
        var an = await provider.CitizenAsync("999168000001", "1968-09-05");
        await provider.AcceptListAsync("CB-1,,an@mau.example,Nguyễn Thị Ẩn,H99.07,Chuyên viên,2025-07-01,,");
        var mailbox = Office.Mailbox("mail", "id-an", "an@mau.example");
        await provider.LinkAsync(an, mailbox);
        await provider.ArriveAsync(an, mailbox);
        var others = await provider.CitizenAsync("999090000002", "1990-01-31");
        foreach (var other in Others) await provider.LinkAsync(others, Office.Mailbox("mail", other, "khac@mau.example"));
        return an;
    }

    private static Task<DirectoryVerdict> ReconcileAsync(TestProvider provider, params (string Id, bool IsDisabled)[] mailboxes) =>
        provider.DoAsync<DirectoryReconciliation, DirectoryVerdict>(directory => directory.ReconcileAsync(["mail"],
            mailboxes.Concat(Others.Select(id => (id, false))).ToDictionary(m => m.Item1, m => m.Item2), allowMany: false, default));

    private static Task<List<string>> FrozenAsync(TestProvider provider) =>
        provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.FrozenAt != null).Select(l => l.Subject).OrderBy(s => s).ToListAsync());
}
