namespace Identity.Tests.Language;

/// <summary>Names come from applications, registers and people; none of them may become markup.</summary>
public sealed class HostileTextTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Theory, MemberData(nameof(PagesFixture.Everything), MemberType = typeof(PagesFixture))]
    public async Task Hostile_names_stay_text(string name, string language)
    {
        var html = await pages.OpenAsync(PagesFixture.Named(name), language, "&hostile=1");
        var page = PagesFixture.Parse(html);

        // Our own script and the picture that we keep are the only ones.
        Assert.Empty(page.QuerySelectorAll("script:not([src^='/passkey-']), img:not(.logo[src^='/'])"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("[action], [href]"), e =>
            Assert.Matches("^(/|#|https://)", e.GetAttribute("action") ?? e.GetAttribute("href")));
    }

    [Theory, MemberData(nameof(PagesFixture.Everything), MemberType = typeof(PagesFixture))]
    public async Task No_name_can_turn_the_direction_of_what_people_read(string name, string language)
    {
        var page = PagesFixture.Parse(await pages.OpenAsync(PagesFixture.Named(name), language, "&hostile=1"));
        Assert.DoesNotContain(page.Title + page.Body!.TextContent, c => c is '\u202E' or '\u2066' or '\u2028' or '\u0007');
    }

    [Theory]
    [InlineData("/login/%22%3E%3Cscript%3E", "")]
    [InlineData("/help", "request=%22%3E%3Cscript%3E")]
    [InlineData("/logout/%22%3E%3Cscript%3E", "")]
    [InlineData("/error/404", "x=%22%3E%3Cscript%3E&%3Cscript%3E=1")]
    public async Task A_hostile_address_stays_an_address(string path, string query)
    {
        var page = PagesFixture.Parse(await pages.Browser.GetStringAsync(new Uri($"{path}?{query}", UriKind.Relative)));
        Assert.Empty(page.QuerySelectorAll("script"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JAVASCRIPT:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    public void An_address_that_runs_is_not_written(string address) =>
        Assert.Null(Identity.Server.Pages.WebAddress.Harmless(new Uri(address)));

    [Theory]
    [InlineData("https://dichvucong.example/")]
    [InlineData("vn.example.dichvucong:/tro-lai")]
    public void An_address_that_leads_somewhere_is_written(string address) =>
        Assert.NotNull(Identity.Server.Pages.WebAddress.Harmless(new Uri(address)));
}
