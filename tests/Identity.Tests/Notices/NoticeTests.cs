using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.MailOut;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Notices;

/// <summary>What a person is told, where, and how often.</summary>
public sealed class NoticeTests
{
    public static TheoryData<Engine> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public async Task A_new_browser_is_told_once_and_the_first_of_all_is_not(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine);
        var rp = TestRelyingParty.Of(mailing.Provider);
        using var first = mailing.Provider.NewBrowser();
        using var second = mailing.Provider.NewBrowser();
        await rp.TokensAsync(first);
        Assert.Equal(0, await CountAsync(mailing));
        second.Headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0";
        await rp.TokensAsync(second);
        await Eventually.IsTrueAsync(() => mailing.Relay.Received.Count == 1, "one mail");
        var mail = mailing.Relay.Received.Single();
        Assert.Equal("lan@mau.example", mail.Recipients.Single());
        Assert.Contains("Thiết bị: Chrome · Android", mail.Text, StringComparison.Ordinal);
        // Both again, after the sessions have ended: they are known now.
        foreach (var browser in (TestBrowser[])[first, second]) await rp.TokensAsync(browser, changes: ("prompt", "login"));
        Assert.Equal(1, await CountAsync(mailing));
        Assert.Contains("Có đăng nhập từ thiết bị mới", (await first.GetAsync("/account/activity")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_know_what_the_person_reads_says_it_in_both_languages()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        await TellAsync(mailing, "lan", NoticeKind.MethodAdded, new() { Method = "Điện thoại của Lan" });
        await Eventually.IsTrueAsync(() => mailing.Relay.Received.Count == 1, "one mail");
        var mail = mailing.Relay.Received.Single();
        Assert.Equal("Đã thêm một cách đăng nhập / A way to sign in was added", mail.Subject);
        Assert.Contains("Tên: Điện thoại của Lan", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Name: Điện thoại của Lan", mail.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Every_address_that_is_or_lately_was_theirs_hears_of_it_and_no_older_one(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        using var browser = mailing.Provider.NewBrowser();
        await TestRelyingParty.Of(mailing.Provider).TokensAsync(browser);
        await ContactTests.ProveAsync(mailing, browser, "cu@mau.example");
        await ContactTests.ProveAsync(mailing, browser, "moi@mau.example");
        Assert.Equal(["cu@mau.example", "lan@mau.example", "moi@mau.example"], await AddressesAsync(mailing, "lan"));
        mailing.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(["lan@mau.example", "moi@mau.example"], await AddressesAsync(mailing, "lan"));
    }

    [Fact]
    public async Task What_is_rolled_back_is_told_to_nobody()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        await using (var scope = mailing.Provider.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await scope.ServiceProvider.GetRequiredService<NoticeBoard>().TellAsync(await PersonAsync(db, "lan"), NoticeKind.AccountClosed, NoticeFacts.None, CancellationToken.None);
            await db.SaveChangesAsync();
        }
        Assert.Equal((0, 0), await mailing.Provider.InDatabaseAsync(async db => (await db.Notices.CountAsync(), await db.OutgoingMails.CountAsync())));
    }

    [Fact]
    public async Task At_rest_no_name_of_a_notice_can_be_read()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        await TellAsync(mailing, "lan", NoticeKind.CapacityGiven, new() { Organisation = "Công ty Mẫu" });
        var notice = await mailing.Provider.InDatabaseAsync(db => db.Notices.AsNoTracking().SingleAsync());
        Assert.DoesNotContain("Mẫu", System.Text.Json.JsonSerializer.Serialize(notice, JsonInVietnamese), StringComparison.Ordinal);
    }

    internal static async Task<Notice> TellAsync(MailingProvider mailing, string user, NoticeKind kind, NoticeFacts facts)
    {
        await using var scope = mailing.Provider.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var notice = await scope.ServiceProvider.GetRequiredService<NoticeBoard>().TellAsync(await PersonAsync(db, user), kind, facts, CancellationToken.None);
        await db.SaveChangesAsync();
        return notice;
    }

    internal static Task<Guid> PersonAsync(IdentityDb db, string user) => db.Users.Where(u => u.UserName == user).Select(u => u.Id).SingleAsync();

    private static readonly System.Text.Json.JsonSerializerOptions JsonInVietnamese = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<IReadOnlyList<string>> AddressesAsync(MailingProvider mailing, string user)
    {
        await using var scope = mailing.Provider.Services.CreateAsyncScope();
        var person = await PersonAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), user);
        return [.. (await scope.ServiceProvider.GetRequiredService<KnownContacts>().AddressesAsync(person, CancellationToken.None)).Order(StringComparer.Ordinal)];
    }

    private static Task<int> CountAsync(MailingProvider mailing) => mailing.Provider.InDatabaseAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.NewDevice));
}
