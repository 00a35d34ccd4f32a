using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.MailOut;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Notices;

/// <summary>"This was not me": everything ends, what was added works no more, the last way stays, and the desk can give it back.</summary>
public sealed class NotMeTests
{
    public static TheoryData<Engine> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public async Task Everything_that_is_open_ends_and_every_contact_hears_of_it(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        var rp = TestRelyingParty.Of(mailing.Provider);
        using var intruder = mailing.Provider.NewBrowser();
        var stolen = await rp.TokensAsync(intruder, changes: ("scope", "openid offline_access"));
        using var owner = mailing.Provider.NewBrowser();
        await rp.TokensAsync(owner);

        var history = await owner.GetAsync("/account/activity");
        var page = await owner.GetAsync(history.Document.QuerySelector("a[href*='not-me?notice=']")!.GetAttribute("href")!);
        Assert.Contains("sẽ bị đăng xuất, kể cả máy này", page.Text, StringComparison.Ordinal);
        page = await owner.SubmitAsync(page, "/account/not-me");

        Assert.StartsWith("/not-me/AB-", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Cách đăng nhập này là cách duy nhất nên vẫn mở", page.Text, StringComparison.Ordinal);
        foreach (var browser in (TestBrowser[])[owner, intruder])
            Assert.Equal("login_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"))).Answer["error"]);
        Assert.Equal(400, (await rp.TokenAsync(rp.Refresh(stolen.RefreshToken))).Status);
        var (sessions, grants, told, disowned) = await mailing.Provider.InDatabaseAsync(async db => (
            await db.Sessions.CountAsync(s => s.EndedAt == null), await db.Grants.CountAsync(g => g.RevokedAt == null),
            await db.OutgoingMails.CountAsync(m => m.Template == "notice.reported_not_me"), await db.Notices.CountAsync(n => n.DisownedAt != null)));
        Assert.Equal((0, 0, 1, 1), (sessions, grants, told, disowned));
        var row = await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(a => a.Name == NotMeReport.EventName));
        Assert.Equal((ShownError.ReferenceOf(page), "new_device"), (row.Reference, row.Reason));
        // The only way stays: who did it by mistake, or has put things right, signs in again.
        await rp.TokensAsync(owner);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_link_that_was_added_signs_nobody_in_until_the_desk_has_looked(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        var link = await LinkAsync(mailing, "lan");
        var notice = await NoticeTests.TellAsync(mailing, "lan", NoticeKind.IdentityLinked, new() { Connector = "vnconnect", About = link });
        using var owner = mailing.Provider.NewBrowser();
        await TestRelyingParty.Of(mailing.Provider).TokensAsync(owner);
        var page = await owner.SubmitAsync(await owner.GetAsync($"/account/not-me?notice={notice.Id}"), "/account/not-me");
        Assert.Contains("Muốn mở lại cách đã tạm dừng", page.Text, StringComparison.Ordinal);
        Assert.NotNull(await FrozenAtAsync(mailing, link));
        // The other way, the password, is untouched.
        await TestRelyingParty.Of(mailing.Provider).TokensAsync(owner);
        Assert.Equal(1, await ReleaseAsync(mailing, ShownError.ReferenceOf(page)));
        Assert.Null(await FrozenAtAsync(mailing, link));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_password_that_a_stranger_used_is_paused_when_there_is_another_way(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        var rp = TestRelyingParty.Of(mailing.Provider);
        await LinkAsync(mailing, "lan");
        using var owner = mailing.Provider.NewBrowser();
        await rp.TokensAsync(owner);
        var entry = await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == "session.started").Select(a => a.Sequence).SingleAsync());
        var page = await owner.SubmitAsync(await owner.GetAsync($"/account/not-me?entry={entry}"), "/account/not-me");
        var paused = await Someone.SignInAsync(owner, await rp.AuthorizeAsync(owner), "lan");
        Assert.Equal("Cách đăng nhập này đang tạm dừng", paused.Heading);
        // Whoever does not know the password does not learn of the pause.
        using var stranger = mailing.Provider.NewBrowser();
        Assert.True(Someone.AsksForPassword(await Someone.SignInAsync(stranger, await rp.AuthorizeAsync(stranger), "lan", "a wrong password")));
        await ReleaseAsync(mailing, ShownError.ReferenceOf(page));
        await rp.TokensAsync(owner);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_only_thinks_that_somebody_was_in_ends_everything_and_no_way_is_paused(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        var rp = TestRelyingParty.Of(mailing.Provider);
        var link = await LinkAsync(mailing, "lan");
        using var intruder = mailing.Provider.NewBrowser();
        await rp.TokensAsync(intruder);
        // From the help page, signed out: the sign-in leads to the report.
        using var owner = mailing.Provider.NewBrowser();
        var help = await owner.GetAsync("/help");
        var page = await owner.GetAsync(help.Document.QuerySelector("a[href='/account/not-me']")!.GetAttribute("href")!);
        page = await Someone.SignInAsync(owner, page, "lan");
        Assert.Equal("/account/not-me", page.Address.AbsolutePath);
        Assert.Contains("chưa rõ người đó dùng cách nào", page.Text, StringComparison.Ordinal);

        page = await owner.SubmitAsync(page, "/account/not-me");

        Assert.Contains("Không cách đăng nhập nào tạm dừng", page.Text, StringComparison.Ordinal);
        foreach (var browser in (TestBrowser[])[owner, intruder])
            Assert.Equal("login_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"))).Answer["error"]);
        Assert.Null(await FrozenAtAsync(mailing, link));
        var row = await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(a => a.Name == NotMeReport.EventName));
        Assert.Equal((ShownError.ReferenceOf(page), "account"), (row.Reference, row.Reason));
        Assert.Equal(1, await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.CountAsync(m => m.Template == "notice.reported_not_me")));
        await rp.TokensAsync(owner);
    }

    [Fact]
    public async Task A_form_that_lost_its_fields_locks_nothing()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        using var owner = mailing.Provider.NewBrowser();
        await TestRelyingParty.Of(mailing.Provider).TokensAsync(owner);
        var token = (await owner.GetAsync("/account/not-me")).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        Assert.Equal("/account/activity", (await owner.PostAsync("/account/not-me", [new("form", token)])).Address.AbsolutePath);
        Assert.Equal(1, await mailing.Provider.InDatabaseAsync(db => db.Sessions.CountAsync(s => s.EndedAt == null)));
    }

    [Fact]
    public async Task L13_Nobody_disowns_for_somebody_else()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        var rp = TestRelyingParty.Of(mailing.Provider);
        using var victim = mailing.Provider.NewBrowser();
        await rp.TokensAsync(victim);
        var notice = await NoticeTests.TellAsync(mailing, "lan", NoticeKind.MethodAdded, NoticeFacts.None);
        var entry = await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == "session.started").Select(a => a.Sequence).SingleAsync());
        using var other = mailing.Provider.NewBrowser();
        await rp.TokensAsync(other, "binh");
        var own = await other.GetAsync("/account/activity");
        var token = (await other.GetAsync(own.Document.QuerySelector("a[href*='not-me?entry=']")!.GetAttribute("href")!)).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        foreach (var (name, value) in ((string, string)[])[("notice", notice.Id.ToString()), ("entry", entry.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("entry", "999999999")])
        {
            Assert.Equal("/account/activity", (await other.GetAsync($"/account/not-me?{name}={value}")).Address.AbsolutePath);
            Assert.Equal("/account/activity", (await other.PostAsync("/account/not-me", [new(name, value), new("form", token)])).Address.AbsolutePath);
        }
        Assert.True((await rp.AuthorizeAsync(victim, ("prompt", "none"))).Answer.ContainsKey("code"));
        Assert.Equal(404, (int)(await other.GetAsync("/not-me/AB-482-915-307")).Status);
    }

    private static async Task<Guid> LinkAsync(MailingProvider mailing, string user) => await mailing.Provider.InDatabaseAsync(async db =>
    {
        var now = mailing.Clock.GetUtcNow();
        var link = new Identity.Domain.Linking.LinkedIdentity
        {
            PersonId = await NoticeTests.PersonAsync(db, user), Connector = "vnconnect", Issuer = "https://eid.example", Subject = Guid.NewGuid().ToString("N"),
            Proofing = ProofingLevel.Level02, LinkedAt = now, LastUsedAt = now,
        };
        db.LinkedIdentities.Add(link);
        await db.SaveChangesAsync();
        return link.Id;
    });

    private static Task<DateTimeOffset?> FrozenAtAsync(MailingProvider mailing, Guid link) =>
        mailing.Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Id == link).Select(l => l.FrozenAt).SingleAsync());

    private static async Task<int?> ReleaseAsync(MailingProvider mailing, string reference)
    {
        await using var scope = mailing.Provider.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotMeReport>().ReleaseAsync(reference, CancellationToken.None);
    }
}
