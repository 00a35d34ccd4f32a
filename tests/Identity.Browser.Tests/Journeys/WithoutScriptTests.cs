using Identity.Browser.Tests.Harness;
using Identity.Tests.Factors;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Flow F23: a citizen on a small phone whose browser runs no script. What the other journeys walk without script as well: signing in and out, official mail, choosing in whose name, the release page, waiting for the e-ID.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class WithoutScriptTests(Chromium chromium)
{
    private static readonly VisitorKind Plain = new("vi-VN", 360, Script: false);

    [Fact]
    public async Task Everything_in_my_account_works()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, Plain);
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        await visitor.StartAtAsync(stage.Documents);
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);

        await visitor.OpenAsync(stage.Server + "/account");
        await visitor.PressAsync("header a[hreflang=en]");
        Assert.Equal("en", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
        await visitor.PressAsync("header a[hreflang=vi]");
        Assert.Equal("Xin chào, Nguyễn Thị Ẩn", await visitor.HeadingAsync());

        await visitor.OpenAsync(stage.Server + "/account/contact");
        await visitor.Page.FillAsync("#address", "an@mau.example");
        await visitor.PressAsync("form:has(#address) button");
        await visitor.Page.Locator("#code").WaitForAsync();

        await visitor.OpenAsync(stage.Server + "/account/identities/app");
        await visitor.Page.FillAsync("#code", Oathtool.Code(await visitor.Page.Locator("code.copy").InnerTextAsync(), DateTimeOffset.UtcNow));
        await visitor.PressAsync("button.btn.go");
        await visitor.ReachAsync(url => url.Contains("done=app-added", StringComparison.Ordinal));
        await visitor.OpenAsync(stage.Server + "/account/identities/codes");
        await visitor.PressAsync("form[action='/account/identities/codes'] button");
        await visitor.Page.Locator("ol.codes").WaitForAsync();
        Assert.Equal(10, await visitor.Page.Locator("ol.codes li").CountAsync());

        await visitor.OpenAsync(stage.Server + "/account/services");
        await visitor.PressAsync("details:has(input[name=client][value=documents]) summary");
        await visitor.PressAsync("form:has(input[name=client][value=documents]) button");
        await visitor.ReachAsync(url => url.Contains("done=service-stopped", StringComparison.Ordinal));
        await visitor.OpenAsync(stage.Server + "/account/activity");
        await visitor.PressAsync("a[href*='/account/not-me']");
        await visitor.ReachAsync("**/account/not-me");

        await visitor.OpenAsync(stage.Server + "/account/close");
        await visitor.PressAsync("form[action='/account/close'] button");
        await visitor.ReachAsync("**/account/closing");
        Assert.False(await visitor.IsSignedInAtAsync(stage.Portal));
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task One_person_invites_another_who_accepts_and_lays_it_down_again()
    {
        await using var stage = await Stage.StartAsync();
        await using var owner = await chromium.VisitAsync(stage, Plain);
        await using var helper = await chromium.VisitAsync(stage, Plain);
        await owner.SignInForTheFirstTimeAsync(stage.Portal, "noemail");
        await helper.SignInForTheFirstTimeAsync(stage.Portal, "dai");

        await owner.OpenAsync(stage.Server + "/account/acting-for/invite?from=self");
        await owner.Page.FillAsync("#name", "cong tang ton nu nguyen phuoc hoang thi quynh ngoc anh tuyet");
        await owner.Page.Locator("input[name=services][value=business]").CheckAsync();
        await owner.PressAsync("form[action='/account/acting-for/invite'] button.btn.go");
        var code = await owner.Page.Locator("code.copy").InnerTextAsync();

        await helper.OpenAsync(stage.Server + "/account/acting-for/invitation");
        await helper.Page.FillAsync("#code", code.ToLowerInvariant());
        await helper.PressAsync("button.btn.go");
        Assert.Contains("Hoàng Thị Mây", await helper.TextAsync(), StringComparison.Ordinal);
        await helper.PressAsync("button[name=answer][value=yes]");
        await helper.ReachAsync("**/account/acting-for");
        await helper.StartAtAsync(stage.Business);
        await helper.ReachAsync("**/release");
        Assert.Contains("Hoàng Thị Mây", await helper.Page.Locator(".who.bar").InnerTextAsync(), StringComparison.Ordinal);
        await helper.PressAsync("button[name=answer][value=agree]");
        await helper.ArriveAsync(stage.Business);

        await helper.OpenAsync(stage.Server + "/account/acting-for");
        await helper.PressAsync("form:has(input[value=EndMandate]) button");
        await helper.ReachAsync(url => url.Contains("done=right-ended", StringComparison.Ordinal));
        // The application was told, so its own sign-in is over too.
        await Identity.Tests.Harness.Eventually.IsTrueAsync(async () => !await helper.IsSignedInAtAsync(stage.Business), "the application has heard of it");
        Assert.True(await helper.IsSignedInAtAsync(stage.Portal));
        helper.AssertNothingStrange();
        owner.AssertNothingStrange();
    }
}
