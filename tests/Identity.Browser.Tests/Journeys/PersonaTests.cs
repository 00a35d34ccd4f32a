using System.Net.Http.Json;
using System.Text.Json;
using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Domain.Delegation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Flows F7 and F8: nobody is put into a capacity, everybody sees in whose name they act, and switching needs no new sign-in.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PersonaTests(Chromium chromium)
{
    private const string First = "Công ty TNHH Mẫu An Bình";
    private const string FirstCode = "9900000016";
    private const string SecondCode = "9900000030";
    private const string Second = "Công ty Cổ phần Mẫu Sông Xanh";
    private readonly PageReport _report = new();

    [Theory]
    [InlineData("vi-VN", 1280, true)]
    [InlineData("vi-VN", 360, false)]
    [InlineData("en-US", 360, true)]
    public async Task With_several_nothing_is_chosen_beforehand_and_a_send_without_a_choice_comes_back_to_the_summary(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await KnowAsync(visitor, "an", standings: 3);
        await visitor.StartAtAsync(stage.Business);
        await visitor.ReachAsync("**/acting-for");
        Assert.Equal(2, await visitor.Page.Locator("input[type=radio]").CountAsync());
        Assert.Equal(0, await visitor.Page.Locator("input[type=radio]:checked").CountAsync());
        // The dissolved one is not hidden: it says why it cannot be had.
        Assert.Contains("Công ty TNHH Mẫu Đã Giải Thể", await visitor.TextAsync(), StringComparison.Ordinal);

        await visitor.PressAsync("button.btn.go");
        await visitor.Page.Locator(".note.bad[role=alert]").WaitForAsync();
        if (script) Assert.True(await visitor.Page.Locator(".note.bad:focus").CountAsync() == 1, "the summary has the focus");
        Assert.StartsWith(locale == "vi-VN" ? "Lỗi: " : "Error: ", await visitor.Page.TitleAsync(), StringComparison.Ordinal);

        await ChooseAsync(visitor, FirstCode);
        await visitor.ReachAsync("**/release");
        Assert.Contains(locale == "vi-VN" ? First : "Mau An Binh Company Limited", await visitor.Page.Locator(".who.bar").InnerTextAsync(), StringComparison.Ordinal);
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Business);
        Assert.Contains(First, await visitor.Page.Locator(".persona").InnerTextAsync(), StringComparison.Ordinal);
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task With_one_nothing_is_asked_and_the_way_out_of_it_is_there()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await KnowAsync(visitor, "noemail", standings: 1);
        await visitor.StartAtAsync(stage.Business);
        await visitor.ReachAsync("**/release");
        Assert.DoesNotContain(visitor.Documents, d => d.Address.EndsWith("/acting-for", StringComparison.Ordinal));
        Assert.Contains("Doanh nghiệp tư nhân Mẫu Hoàng Mây", await visitor.TextAsync(), StringComparison.Ordinal);
        await _report.LookAtAsync(visitor.Page, "release-in-a-capacity");
        await visitor.PressAsync(".who.bar a");
        await visitor.ReachAsync("**/acting-for");
        await ChooseAsync(visitor, "9900000048");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Business);
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task With_none_an_expired_one_or_a_register_that_is_down_the_page_says_which_and_what_to_do()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await KnowAsync(visitor, "dai", standings: 0);
        await visitor.StartAtAsync(stage.Business);
        await visitor.ReachAsync("**/acting-for/missing");
        Assert.Equal("Không thấy doanh nghiệp hoặc cơ quan của tôi", await visitor.HeadingAsync());
        Assert.Contains("đề nghị người đại diện ủy quyền cho bạn", await visitor.TextAsync(), StringComparison.Ordinal);

        await FailRegisterAsync(stage, "down");
        await visitor.PressAsync("form[action$='/acting-for/retry'] button");
        await visitor.ReachAsync("**/acting-for/missing");
        Assert.Contains("Chưa lấy được dữ liệu đăng ký doanh nghiệp.", await visitor.TextAsync(), StringComparison.Ordinal);
        await _report.LookAtAsync(visitor.Page, "acting-register-down");

        await FailRegisterAsync(stage, "none");
        await GiveExpiredMandateAsync(stage, "dai");
        await visitor.PressAsync("form[action$='/acting-for/retry'] button");
        await visitor.ReachAsync("**/acting-for/missing");
        Assert.Contains("đã hết hạn ngày", await visitor.TextAsync(), StringComparison.Ordinal);
        await _report.LookAtAsync(visitor.Page, "acting-expired");

        // Back to the application: it learns that there was nobody to act for, and is not left waiting.
        await visitor.PressAsync("form[action$='/cancel'] button");
        await visitor.ArriveAsync(stage.Business + "/callback");
        Assert.Contains("access_denied", await visitor.TextAsync(), StringComparison.Ordinal);
        visitor.AssertNoPolicyViolation();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task A_company_here_oneself_there_and_a_switch_each_with_the_right_party_and_the_same_human()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await KnowAsync(visitor, "an", standings: 3);
        await visitor.StartAtAsync(stage.Business);
        await ChooseAsync(visitor, FirstCode);
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Business);
        var company = (await visitor.StateAtAsync(stage.Business)).GetProperty("claims");

        await visitor.StartAtAsync(stage.Documents);
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        var self = (await visitor.StateAtAsync(stage.Documents)).GetProperty("claims");

        await visitor.OpenAsync(stage.Business);
        var before = visitor.Requests.Count;
        await visitor.PressAsync(".persona a");
        await ChooseAsync(visitor, SecondCode);
        await AgreeIfAskedAsync(visitor, stage.Business);
        var switched = (await visitor.StateAtAsync(stage.Business)).GetProperty("claims");

        Assert.Equal((First, Second), (Organisation(company), Organisation(switched)));
        Assert.NotEqual(Text(company, "sub"), Text(switched, "sub"));
        Assert.Equal(Text(company.GetProperty("act"), "sub"), Text(switched.GetProperty("act"), "sub"));
        Assert.Equal(("citizen", false), (Text(self, "subject_type"), self.TryGetProperty("act", out _)));
        Assert.Contains(Second, await visitor.Page.Locator(".persona").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Requests.Skip(before), request => request.Url.StartsWith(stage.Eid, StringComparison.Ordinal));
        Assert.True(await visitor.IsSignedInAtAsync(stage.Documents));
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task The_pages_of_acting_for_somebody_and_the_whole_choice_by_keyboard()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await KnowAsync(visitor, "an", standings: 3);
        await visitor.OpenAsync(stage.Server + "/account/acting-for");
        await _report.LookAtAsync(visitor.Page, "account-acting-for");
        await visitor.PressAsync("a[href*='invite?from=standing']");
        await _report.LookAtAsync(visitor.Page, "account-invite");
        await visitor.OpenAsync(stage.Server + "/account/acting-for/invitation");
        await _report.LookAtAsync(visitor.Page, "account-invitation");
        await visitor.OpenAsync(stage.Server + "/launcher");
        await _report.LookAtAsync(visitor.Page, "launcher");

        await visitor.StartAtAsync(stage.Business);
        await visitor.ReachAsync("**/acting-for");
        await _report.LookAtAsync(visitor.Page, "acting-for");
        await ToAsync(visitor, "input[type=radio]");
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await ToAsync(visitor, "button.btn.go");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.ReachAsync("**/release");
        await ToAsync(visitor, "button[value=agree]");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.ArriveAsync(stage.Business);
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    /// <summary>Somebody who has been here as a citizen, and of whom the register has said what it knows.</summary>
    private static async Task KnowAsync(Visitor visitor, string person, int standings)
    {
        var provider = visitor.Stage.Provider;
        await visitor.SignInForTheFirstTimeAsync(visitor.Stage.Portal, person);
        await Eventually.IsTrueAsync(() => provider.InDatabaseAsync(db => db.RegisterInquiries.AnyAsync(i => i.AnsweredAt != null)), "the register was asked");
        Assert.Equal(standings, await provider.InDatabaseAsync(db => db.Affiliations.CountAsync()));
    }

    private static async Task ChooseAsync(Visitor visitor, string taxCode)
    {
        await visitor.Page.Locator(".check.who", new() { HasText = taxCode }).Locator("input").CheckAsync();
        await visitor.PressAsync("button.btn.go");
    }

    private static async Task AgreeIfAskedAsync(Visitor visitor, string application)
    {
        await visitor.ReachAsync(url => url.EndsWith("/release", StringComparison.Ordinal) || url.StartsWith(application, StringComparison.Ordinal));
        if (visitor.Page.Url.StartsWith(application, StringComparison.Ordinal)) return;
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(application);
    }

    /// <summary>With the Tab key alone.</summary>
    private static async Task ToAsync(Visitor visitor, string selector)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.Locator($"{selector}:focus").CountAsync() > 0) return;
        }
        Assert.Fail($"The Tab key does not come to {selector}");
    }

    private static async Task FailRegisterAsync(Stage stage, string failure)
    {
        using var http = new HttpClient();
        using var reply = await http.PutAsJsonAsync($"{stage.Register}/_sandbox/failure", new { failure });
        reply.EnsureSuccessStatusCode();
    }

    private static Task<int> GiveExpiredMandateAsync(Stage stage, string person) => stage.Provider.InDatabaseAsync(async db =>
    {
        var (grantor, now) = (await db.Users.Where(u => u.UserName == "full").Select(u => u.Id).SingleAsync(), DateTimeOffset.UtcNow);
        var grantee = await db.LinkedIdentities.Where(l => l.Subject == $"tech-{person}").Select(l => l.PersonId).SingleAsync();
        db.Mandates.Add(new Mandate
        {
            GrantorId = grantor, GranteeId = grantee, RepresentedPersonId = grantor, Strength = Domain.Organisations.RepresentationStrength.ConfirmedByAdministrator,
            ValidFrom = now.AddDays(-30), ValidTo = now.AddDays(-1), CreatedAt = now.AddDays(-30), AcceptedAt = now.AddDays(-30),
        });
        return await db.SaveChangesAsync();
    });

    private static string Organisation(JsonElement claims) => Text(claims.GetProperty("capacity").GetProperty("organisation"), "name");

    private static string Text(JsonElement claims, string member) => claims.GetProperty(member).GetString()!;
}
