using AngleSharp.Dom;
using Identity.Tests.Language;

namespace Identity.Tests.Account;

public sealed class ActivityTests(AccountSite site) : IClassFixture<AccountSite>
{
    [Fact]
    public async Task Every_event_is_on_one_page_only_even_when_many_share_their_moment()
    {
        var person = await SignedInPerson.EnterAsync(site);
        var then = DateTimeOffset.UtcNow.AddMinutes(-30);
        for (var i = 0; i < 45; i++) await person.HappensAsync("code.issued", then.AddSeconds(i / 15), $"app-{i}");
        var seen = new List<string>();
        for (var next = "/account/activity"; next is not null;)
        {
            var page = PagesFixture.Parse(await person.OpenAsync(next));
            seen.AddRange(page.QuerySelectorAll("section.card h2").Select(h => h.TextContent));
            next = page.QuerySelectorAll("a").SingleOrDefault(a => a.TextContent == "Xem cũ hơn")?.GetAttribute("href");
        }
        Assert.Equal(45, seen.Where(s => s.StartsWith("Bạn đã mở app-", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(45 + 3, seen.Count);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("99999999999999999999.x")]
    [InlineData("9223372036854775807.00000000000000000000000000000000")]
    public async Task A_made_up_place_starts_at_the_newest(string before)
    {
        var person = await SignedInPerson.EnterAsync(site);
        Assert.Contains("Bạn đã đăng nhập bằng", await person.OpenAsync($"/account/activity?before={before}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_machines_say_to_each_other_and_what_others_did_is_not_shown()
    {
        var (person, stranger) = (await SignedInPerson.EnterAsync(site), await SignedInPerson.EnterAsync(site));
        await person.HappensAsync("token.refused", DateTimeOffset.UtcNow, "app-machine");
        await stranger.HappensAsync("code.issued", DateTimeOffset.UtcNow, "app-stranger");
        var page = await person.OpenAsync("/account/activity");
        Assert.DoesNotContain("app-machine", page, StringComparison.Ordinal);
        Assert.DoesNotContain("app-stranger", page, StringComparison.Ordinal);
    }
}
