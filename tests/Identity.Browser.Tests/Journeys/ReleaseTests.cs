using System.Text.Json;
using Identity.Browser.Tests.Harness;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Flow F9: no, not that one, and later not any more.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReleaseTests(Chromium chromium)
{
    [Theory]
    [InlineData("vi-VN", 1280, true)]
    [InlineData("en-US", 360, false)]
    public async Task A_refusal_an_unticked_box_and_a_withdrawal_are_obeyed(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await visitor.StartAtAsync(stage.Documents);
        await visitor.ProveAsync("full");
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ReachAsync("**/release");
        Assert.Contains("Phạm Văn Đủ", await visitor.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visitor.Page.Locator("input[type=checkbox]:checked").CountAsync());
        var (yes, no) = (await SizeAsync(visitor, "agree"), await SizeAsync(visitor, "refuse"));
        Assert.Equal(yes, no);

        // No: the application is told, and nobody is signed in to it.
        await visitor.PressAsync("button[name=answer][value=refuse]");
        await visitor.ArriveAsync(stage.Documents + "/callback");
        Assert.Contains("access_denied", await visitor.TextAsync(), StringComparison.Ordinal);
        Assert.False((await visitor.StateAtAsync(stage.Documents)).GetProperty("signedIn").GetBoolean());

        // Yes, but only one of what may be left out.
        await visitor.StartAtAsync(stage.Documents);
        await visitor.ReachAsync("**/release");
        await visitor.Page.Locator("input[name=optional][value=phone_number]").CheckAsync();
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        var received = await PrefillAsync(visitor);
        Assert.True(received.TryGetProperty("phone_number", out _), received.ToString());
        Assert.False(received.TryGetProperty("address", out _), received.ToString());

        // Not any more: the page comes again with nothing ticked, and what was given before is not given now.
        await visitor.OpenAsync(stage.Server + "/account/services");
        await visitor.PressAsync("details:has(form[action='/account/services']) summary");
        await visitor.PressAsync("form[action='/account/services'] button");
        await visitor.ReachAsync(url => url.Contains("/account/services?done=", StringComparison.Ordinal));
        await visitor.OpenAsync(stage.Documents + "/signin");
        await visitor.ReachAsync("**/release");
        Assert.Equal(0, await visitor.Page.Locator("input[type=checkbox]:checked").CountAsync());
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        Assert.False((await PrefillAsync(visitor)).TryGetProperty("phone_number", out _));
        visitor.AssertNoPolicyViolation();
    }

    private static async Task<(double Width, double Height)> SizeAsync(Visitor visitor, string answer)
    {
        var box = (await visitor.Page.Locator($"button[name=answer][value={answer}]").BoundingBoxAsync())!;
        return (Math.Round(box.Width), Math.Round(box.Height));
    }

    private static async Task<JsonElement> PrefillAsync(Visitor visitor) =>
        (await visitor.StateAtAsync(visitor.Stage.Documents)).GetProperty("userinfo").GetProperty("prefill");
}
