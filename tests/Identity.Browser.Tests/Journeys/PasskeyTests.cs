using Identity.Browser.Tests.Harness;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Fingerprint, face or screen lock in a real browser: set up, sign in without a name, confirm, say no, and no script at all.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PasskeyTests(Chromium chromium)
{
    [Theory]
    [InlineData("vi-VN", 1280)]
    [InlineData("vi-VN", 360)]
    [InlineData("en-US", 1280)]
    public async Task A_citizen_sets_the_device_up_and_signs_in_without_a_name(string locale, int width)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width));
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        var device = await VirtualDevice.PlugInAsync(visitor.Page);
        await SetUpAsync(visitor);
        Assert.Equal(1, await device.CountAsync());

        await SignOutAsync(visitor);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ArriveAsync(stage.Portal);
        Assert.Equal("Xin chào Nguyễn Thị Ẩn", await visitor.HeadingAsync());
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task A_device_that_does_not_recognise_its_owner_signs_nobody_in_and_the_page_offers_the_other_ways()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        var device = await VirtualDevice.PlugInAsync(visitor.Page);
        await device.RecogniseAsync(false);
        await visitor.OpenAsync($"{stage.Server}/account/identities/passkey");
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ReachAsync(url => url.Contains("fault=Cancelled", StringComparison.Ordinal));
        Assert.Contains("Chưa có gì thay đổi", await visitor.TextAsync(), StringComparison.Ordinal);

        await device.RecogniseAsync(true);
        await SetUpAsync(visitor);
        await SignOutAsync(visitor);
        await visitor.StartAtAsync(stage.Portal);
        await device.RecogniseAsync(false);
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ReachAsync(url => url.Contains("choose=", StringComparison.Ordinal));
        Assert.Contains("Chưa có gì thay đổi", await visitor.TextAsync(), StringComparison.Ordinal);
        Assert.True(await visitor.Page.Locator("form[action*='/start/'] button").CountAsync() > 0);
    }

    [Fact]
    public async Task Without_script_the_page_says_so_and_the_other_ways_work()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: false));
        await visitor.StartAtAsync(stage.Portal);
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ReachAsync(url => url.Contains("choose=", StringComparison.Ordinal));
        Assert.Contains("Trình duyệt này chưa dùng được vân tay hoặc khuôn mặt. Chọn cách khác bên dưới.", await visitor.TextAsync(), StringComparison.Ordinal);
        await visitor.ProveAsync("an");
        Assert.Equal("Đây có phải là bạn không?", await visitor.HeadingAsync());
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task Before_the_ways_to_sign_in_are_changed_the_device_confirms()
    {
        var clock = new Identity.Tests.Harness.FixedClock(DateTimeOffset.UtcNow);
        await using var stage = await Stage.StartAsync(clock: clock);
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        await VirtualDevice.PlugInAsync(visitor.Page);
        await SetUpAsync(visitor);
        clock.Advance(TimeSpan.FromMinutes(11));

        await visitor.OpenAsync($"{stage.Server}/account/identities/codes");
        Assert.Equal("Xác nhận thêm một bước", await visitor.HeadingAsync());
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ReachAsync(url => url.EndsWith("/account/identities/codes", StringComparison.Ordinal));
        await visitor.PressAsync("form[action='/account/identities/codes'] button");
        Assert.Equal(10, await visitor.Page.Locator("ol.codes li").CountAsync());
        visitor.AssertNothingStrange();
    }

    internal static async Task SetUpAsync(Visitor visitor)
    {
        await visitor.OpenAsync($"{visitor.Stage.Server}/account/identities/passkey");
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ReachAsync(url => url.Contains("done=passkey-added", StringComparison.Ordinal));
    }

    internal static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.OpenAsync($"{visitor.Stage.Server}/account");
        await visitor.PressAsync("form[action='/account/signout'] button");
        await visitor.ReachAsync(url => url.Contains("/logout/", StringComparison.Ordinal) || url.EndsWith('/'));
    }
}
