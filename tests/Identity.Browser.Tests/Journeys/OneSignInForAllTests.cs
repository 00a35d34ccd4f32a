using Identity.Browser.Tests.Harness;

namespace Identity.Browser.Tests.Journeys;

/// <summary>The reason for the product: sign in once, use everything, sign out once.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class OneSignInForAllTests(Chromium chromium)
{
    public static TheoryData<string, int, bool> Browsers { get; } = new()
    {
        { "vi-VN", 1280, true },
        { "vi-VN", 360, false },
        { "en-US", 1280, true },
    };

    [Theory, MemberData(nameof(Browsers))]
    public async Task A_citizen_signs_in_once_opens_both_applications_and_signs_out_of_both(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        var english = locale.StartsWith("en", StringComparison.Ordinal);

        await visitor.StartAtAsync(stage.Portal);
        Assert.Equal(english ? "Sign in" : "Đăng nhập", await visitor.HeadingAsync());
        await visitor.ProveAsync("an");
        Assert.Equal(english ? "Is this you?" : "Đây có phải là bạn không?", await visitor.HeadingAsync());
        Assert.Contains("Nguyễn Thị Ẩn", await visitor.TextAsync());
        await visitor.PressAsync("button[name=answer][value=yes]");
        Assert.Contains(english ? "An Binh public service portal" : "Cổng dịch vụ công An Bình", await visitor.HeadingAsync());
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Portal);
        Assert.Equal("Xin chào Nguyễn Thị Ẩn", await visitor.HeadingAsync());

        await OpenTheOtherWithoutSigningInAsync(visitor);

        await visitor.OpenAsync(stage.Portal);
        await visitor.PressAsync("form[action='/signout'] button");
        await visitor.ArriveAsync(stage.Portal + "/signed-out");
        Assert.False(await visitor.IsSignedInAtAsync(stage.Portal));
        Assert.False(await visitor.IsSignedInAtAsync(stage.Documents));
        visitor.AssertNothingStrange();
    }

    private static async Task OpenTheOtherWithoutSigningInAsync(Visitor visitor)
    {
        var stage = visitor.Stage;
        var before = visitor.Documents.Count;
        await visitor.PressAsync($"a[href='{stage.Documents}']");
        await visitor.PressAsync("a.button[href='/signin']");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        Assert.Equal("Xin chào Nguyễn Thị Ẩn", await visitor.HeadingAsync());

        // The page about the data is the only one of ours on this way: no chooser, no e-ID.
        var shown = visitor.Documents.Skip(before).Where(d => d.Status == 200 && !d.Address.StartsWith(stage.Documents, StringComparison.Ordinal)).ToList();
        Assert.EndsWith("/release", Assert.Single(shown).Address, StringComparison.Ordinal);
    }
}
