using Identity.Tests.Harness;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;

namespace Identity.Tests.Language;

public sealed class PageMarkupTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const int DocumentBudget = 6 * 1024;
    private const int ButtonLength = 34;

    // Longer on purpose: the whole sentence is the choice.
    private static readonly string[] LongButtons = ["first.no", "btn.passkey"];

    [Theory, MemberData(nameof(PagesFixture.Everything), MemberType = typeof(PagesFixture))]
    public async Task A_page_is_complete_and_needs_nothing_but_itself(string name, string language)
    {
        var html = await pages.OpenAsync(PagesFixture.Named(name), language);
        var page = PagesFixture.Parse(html);

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.True(page.QuerySelectorAll("button.go, a.go").Length <= 1, "more than one primary action");
        Assert.Empty(page.QuerySelectorAll("iframe, [style], link[rel=stylesheet]"));
        // One script, on pages with a form that needs it; it blocks nothing, and the form works without it.
        Assert.Equal(page.QuerySelectorAll("form[data-passkey]").Length, page.QuerySelectorAll("script").Length);
        Assert.All(page.QuerySelectorAll("script"), s => Assert.Equal(("module", ""), (s.GetAttribute("type"), s.TextContent)));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.True(Compressed(html) <= DocumentBudget, $"{Compressed(html)} bytes");
    }

    [Theory, MemberData(nameof(PagesFixture.Everything), MemberType = typeof(PagesFixture))]
    public async Task Every_control_has_a_name_and_every_form_its_protection(string name, string language)
    {
        var page = PagesFixture.Parse(await pages.OpenAsync(PagesFixture.Named(name), language));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();

        Assert.Equal(ids.Distinct(), ids);
        // A search changes nothing, and its protection would end up in an address.
        Assert.All(page.QuerySelectorAll("form:not([method=get])"), form => Assert.NotNull(form.QuerySelector("input[name=form]")));
        Assert.All(page.QuerySelectorAll("form[method=get]"), form => Assert.Null(form.QuerySelector("input[name=form]")));
        Assert.All(page.QuerySelectorAll("form"), form => Assert.StartsWith("/", form.GetAttribute("action"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("input:not([type=hidden])"), input => Assert.NotNull(page.QuerySelector($"label[for='{input.Id}']")));
        Assert.All(page.QuerySelectorAll("a, button, summary, h1, h2"), e => Assert.NotEqual("", e.TextContent.Trim()));
        Assert.All(page.QuerySelectorAll("[aria-describedby], [aria-labelledby]"), e =>
            Assert.Subset(ids.ToHashSet(), (e.GetAttribute("aria-describedby") ?? e.GetAttribute("aria-labelledby"))!.Split(' ').ToHashSet<string?>()));
        Assert.DoesNotContain(page.QuerySelectorAll("input[type=checkbox]"), box => box.HasAttribute("checked"));
    }

    [Theory, MemberData(nameof(PagesFixture.Everything), MemberType = typeof(PagesFixture))]
    public async Task A_button_is_short_enough_for_a_small_telephone(string name, string language)
    {
        var page = PagesFixture.Parse(await pages.OpenAsync(PagesFixture.Named(name), language));
        foreach (var given in page.QuerySelectorAll("bdi").ToList()) given.Remove();
        var allowed = LongButtons.Select(key => ServerTexts.Catalog.In(language)[key]).ToList();

        Assert.All(page.QuerySelectorAll("button.btn, a.btn").Select(b => b.TextContent.Trim()), text =>
            Assert.True(text.Length <= ButtonLength || allowed.Contains(text), text));
    }

    [Fact]
    public async Task The_policy_names_exactly_the_style_in_the_page()
    {
        using var reply = await pages.Browser.GetAsync(new Uri("/help", UriKind.Relative));
        var style = PagesFixture.Parse(await reply.Content.ReadAsStringAsync()).QuerySelector("style")!.TextContent;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'sha256-{hash}'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_text_is_shown_by_some_page()
    {
        var shown = new StringBuilder();
        foreach (var sample in SamplePage.All) shown.Append(PagesFixture.Parse(await pages.OpenAsync(sample, "vi")).DocumentElement.OuterHtml);
        var seen = PagesFixture.Parse(shown.ToString()).DocumentElement.OuterHtml;

        // Names of attributes and of their values depend on the data, not on the page; letters have tests of their own.
        var pageTexts = ServerTexts.Catalog.In("vi").Where(text => text.Key.Split('.')[0] is not ("attr" or "gender" or "answer" or "mail" or "notice" or "did"));
        Assert.Empty(pageTexts.Where(text => !seen.Contains(LongestPart(text.Value), StringComparison.Ordinal)
            && text.Key != "factor.use_mail" && !text.Key.StartsWith("acct.level_", StringComparison.Ordinal)).Select(text => text.Key));
    }

    private static string LongestPart(string text) =>
        System.Text.RegularExpressions.Regex.Split(text, @"\{\w+\}").MaxBy(part => part.Length)!.Trim();

    private static long Compressed(string html)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(html));
        return buffer.Length;
    }
}
