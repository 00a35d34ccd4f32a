using System.Text.Json.Nodes;
using Identity.Domain.Factors;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Identity.Tests.Login;

/// <summary>
/// A computer that many people use (ux.md S12), whoever says so: the operator by its network, the registration of a counter's application, or the person. Nothing
/// is remembered, nothing of its own is set up, and a sign-in ends soon.
/// </summary>
public sealed class SharedComputerTests
{
    private static readonly string[] Lasting = ["last-method", "known-device", "device", "lang"];

    /// <summary>Who said that the computer is shared.</summary>
    public static TheoryData<string> Ways { get; } = ["network", "client", "person"];

    [Theory, MemberData(nameof(Ways))]
    public async Task Nothing_outlives_the_sign_in(string way)
    {
        await using var site = await StartAsync(way);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await ChooseEnglishAsync(site, visitor);
        await SignInAsync(site, visitor, way);
        var cookies = visitor.Browser.Cookies.GetAllCookies().ToList();
        Assert.Contains(cookies, c => c.Name == "session");
        // A cookie without an end goes with the browser; one with an end would still be there tomorrow.
        Assert.DoesNotContain(cookies, c => Lasting.Contains(c.Name) && c.Expires != DateTime.MinValue);
        Assert.DoesNotContain(cookies, c => c.Name is "last-method" or "known-device" or "device");
        Assert.True(await site.Provider.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.SharedComputer == true)));
        Assert.Contains("Sign out and leave no trace", (await visitor.Browser.GetAsync("/account")).Text, StringComparison.Ordinal);

        site.Provider.Clock!.Advance(TimeSpan.FromMinutes(5.1));
        Assert.True(Someone.AsksForPassword(await visitor.Browser.GetAsync("/account")));
    }

    [Fact]
    public async Task What_was_remembered_before_is_not_shown_there()
    {
        await using var site = await StartAsync("nobody");
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await SignInAsync(site, visitor, "nobody");
        var page = await PasswordPageAsync(site, visitor);
        Assert.Contains("Lần trước bạn dùng cách này.", page.Text, StringComparison.Ordinal);
        // The same browser with the same cookies, at a node that knows the network to be a counter's.
        await using var node = await site.Provider.AddNodeAsync(b => b.Configuration.AddInMemoryCollection(Everywhere));
        using var there = node.NewBrowser();
        there.Cookies.Add(visitor.Browser.Cookies.GetAllCookies());
        page = await TestRelyingParty.Of(node).AuthorizeAsync(there, ("prompt", "login"));
        Assert.True(Someone.AsksForPassword(page), page.Text);
        Assert.DoesNotContain("Lần trước bạn dùng cách này.", page.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task No_device_and_no_backup_codes_are_suggested(string way)
    {
        await using var site = await StartAsync(way);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        // The second visit would get the suggestion of a passkey; with one app, that of backup codes.
        for (var visit = 0; visit < 2; visit++)
        {
            await SignInAsync(site, visitor, way);
            visitor.Forget();
        }
        await AskIfPersonAsync(site, visitor, way);
        await visitor.AddAppAsync();
        visitor.Forget();
        await SignInAsync(site, visitor, way);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.FactorReminders.CountAsync()));
        // Not by opening its page either.
        var request = (await visitor.AskForAsync(4)).Address.AbsolutePath.Split('/')[2];
        await site.Provider.InDatabaseAsync(async db =>
        {
            db.FactorReminders.Add(new() { PersonId = await db.Sessions.OrderByDescending(s => s.CreatedAt).Select(s => s.PersonId).FirstAsync(), Kind = ReminderKind.Passkey, Shown = 1 });
            return await db.SaveChangesAsync();
        });
        Assert.DoesNotContain("/suggest", (await visitor.Browser.GetAsync($"/login/{request}/suggest")).Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_lock_of_the_computer_is_not_offered_as_a_second_step_nor_in_the_account(string way)
    {
        await using var site = await StartAsync(way);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await SignInAsync(site, visitor, way);
        var page = await visitor.SignInForAsync(2);
        Assert.EndsWith("/enrol", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/identities/passkey", page.Html, StringComparison.Ordinal);
        Assert.Contains("/account/identities/app", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/identities/passkey", (await visitor.Browser.GetAsync("/account/identities")).Html, StringComparison.Ordinal);
        // Elsewhere it is.
        await using var home = await StartAsync("nobody");
        using var owner = await FactorVisitor.NewAsync(home.Provider);
        await SignInAsync(home, owner, "nobody");
        Assert.Contains("/account/identities/passkey", (await owner.SignInForAsync(2)).Html, StringComparison.Ordinal);
        Assert.Contains("/account/identities/passkey", (await owner.Browser.GetAsync("/account/identities")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_not_recommended_after_an_app_was_set_up_there()
    {
        await using var site = await StartAsync("network");
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        await visitor.AddAppAsync();
        var done = await visitor.Browser.GetAsync("/account/identities?done=app-added");
        Assert.Contains("Đã cài xong ứng dụng tạo mã.", done.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nên lấy thêm mã dự phòng", done.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.0/24", false)]
    [InlineData("::1/128 127.0.0.0/8", true)]
    [InlineData("::ffff:127.0.0.0/104 ::1/128 127.0.0.1/32", true)]
    public async Task A_network_counts_for_its_own_computers(string networks, bool isShared)
    {
        var settings = networks.Split(' ').Select((n, i) => KeyValuePair.Create($"Login:SharedNetworks:{i}", (string?)n));
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: b => b.Configuration.AddInMemoryCollection(settings));
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        Assert.Equal(isShared, page.Text.Contains("Máy dùng chung.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_network_stops_the_start()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            TestProvider.StartAsync(Engine.Sqlite, configure: b => b.Configuration.AddInMemoryCollection([new("Login:SharedNetworks:0", "10.1.2.0-10.1.2.255")])));
        Assert.Contains("Login:SharedNetworks takes networks like 10.1.2.0/24", refused.ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Everywhere => new() { ["Login:SharedNetworks:0"] = "127.0.0.0/8", ["Login:SharedNetworks:1"] = "::1/128" };

    private static async Task<PasskeySite> StartAsync(string way)
    {
        var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow),
            b => b.Configuration.AddInMemoryCollection(way == "network" ? Everywhere : []));
        await provider.ImportAsync(ClientDocument.Of("rp", c =>
        {
            c["connectors"] = new JsonArray("local", "passkey");
            if (way == "client") c["shared_computer"] = true;
        }));
        return new(provider);
    }

    /// <summary>The account keeps a language, which comes along to every browser.</summary>
    private static async Task ChooseEnglishAsync(PasskeySite site, FactorVisitor visitor)
    {
        using var home = site.Provider.NewBrowser();
        using var owner = new FactorVisitor(site.Provider, visitor.Name, home);
        var page = await owner.OpenAsync("/account/contact");
        await home.SubmitAsync(page, "/account/contact", ("language", "en"));
    }

    private static Task<TestPage> PasswordPageAsync(PasskeySite site, FactorVisitor visitor) => TestRelyingParty.Of(site.Provider).AuthorizeAsync(visitor.Browser, ("prompt", "login"));

    private static async Task AskIfPersonAsync(PasskeySite site, FactorVisitor visitor, string way)
    {
        if (way != "person") return;
        await visitor.Browser.SubmitAsync(await PasswordPageAsync(site, visitor), "/shared", ("shared", "yes"));
    }

    /// <summary>A whole sign-in to the application, which ends there and nowhere else.</summary>
    private static async Task SignInAsync(PasskeySite site, FactorVisitor visitor, string way)
    {
        await AskIfPersonAsync(site, visitor, way);
        var page = await Someone.SignInAsync(visitor.Browser, await PasswordPageAsync(site, visitor), visitor.Name);
        if (page.Address.AbsolutePath.EndsWith("/step-up", StringComparison.Ordinal)) throw new InvalidOperationException(page.Text);
        await visitor.IdTokenAsync(page);
    }
}
