using Identity.Browser.Tests.Harness;
using Identity.Sandbox.Officials;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Flow F16: a good ending, a slip of the finger, personal mail, an agency's provider that is away.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class OfficialMailTests(Chromium chromium)
{
    private const string AddressForm = "form[action$='/mail']";

    public static TheoryData<string, int, bool> Browsers { get; } = new()
    {
        { "vi-VN", 1280, true },
        { "vi-VN", 360, false },
        { "en-US", 360, true },
    };

    [Theory, MemberData(nameof(Browsers))]
    public async Task An_official_mends_a_slip_of_the_finger_and_signs_in_by_the_mailbox(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        var english = locale.StartsWith("en", StringComparison.Ordinal);

        await visitor.StartAtAsync(stage.Documents);
        await TypeAddressAsync(visitor, "lan.tt@so.mua.example");
        await visitor.ReachAsync("**/mail/domain");
        Assert.Equal(english ? "This e-mail ending cannot be used here" : "Đuôi thư này chưa dùng được ở đây", await visitor.HeadingAsync());
        await visitor.PressAsync($"{AddressForm} button");
        await visitor.ReachAsync("**/mail");
        Assert.Equal("lan.tt@so.mau.example", await visitor.Page.Locator("#address").InputValueAsync());

        await TypePasswordAsync(visitor, "wrong");
        Assert.Equal("true", await visitor.Page.Locator("#password[aria-invalid]").GetAttributeAsync("aria-invalid"));
        await TypePasswordAsync(visitor, SyntheticOfficials.Password);
        await visitor.ReachAsync("**/first");
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ReachAsync("**/release");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        Assert.True(await visitor.IsSignedInAtAsync(stage.Documents));
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task An_official_is_led_to_the_agencys_own_provider_and_back()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind("vi-VN", 360, false));
        await visitor.StartAtAsync(stage.Documents);
        await TypeAddressAsync(visitor, "hoa.nt@xa.mau.example");
        await visitor.ReachAsync("**/going/thu-xa");
        await visitor.PressAsync("form[action$='/start/thu-xa'] button");
        await visitor.ArriveAsync(stage.MailProvider);
        await visitor.PressAsync("button[value=xa-2]");
        await visitor.ReachAsync("**/first");
        Assert.Contains("Phó Chủ tịch", await visitor.TextAsync());
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        Assert.Equal("Xin chào Nguyễn Thị Hoa", await visitor.HeadingAsync());
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task Personal_mail_and_a_provider_that_is_away_leave_other_ways_open()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind("vi-VN", 360, false));
        await visitor.StartAtAsync(stage.Documents);
        await TypeAddressAsync(visitor, "lan@gmail.example");
        await visitor.ReachAsync("**/mail/domain");
        Assert.Contains("Thư cá nhân như Gmail không dùng được", await visitor.TextAsync());

        using var http = new HttpClient();
        using var down = await http.PostAsync($"{stage.MailProvider}/_sandbox", new FormUrlEncodedContent([KeyValuePair.Create("failure", "down")]));
        await TypeAddressAsync(visitor, "lan.tt@so.mau.example");
        await visitor.ReachAsync("**/mail");
        await TypePasswordAsync(visitor, SyntheticOfficials.Password);
        await visitor.ReachAsync("**/problem");
        Assert.Equal("Thư công vụ sở, ngành đang gián đoạn", await visitor.HeadingAsync());
        await visitor.PressAsync("a.btn:not(.go)");
        Assert.Equal("Đăng nhập", await visitor.HeadingAsync());
    }

    private static async Task TypeAddressAsync(Visitor visitor, string address)
    {
        await visitor.Page.Locator("#address").FillAsync(address);
        await visitor.Page.Locator($"{AddressForm} button").Last.ClickAsync();
    }

    private static async Task TypePasswordAsync(Visitor visitor, string password)
    {
        await visitor.Page.Locator("#password").FillAsync(password);
        await visitor.PressAsync("form[action$='/mail/password'] button");
    }
}
