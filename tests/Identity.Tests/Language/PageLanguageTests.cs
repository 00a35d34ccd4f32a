using Microsoft.AspNetCore.Http;

namespace Identity.Tests.Language;

public sealed class PageLanguageTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Fact]
    public void Nobody_asked_so_it_is_Vietnamese() => Assert.Equal("vi", Of(new DefaultHttpContext()).Current);

    [Fact]
    public void A_choice_beats_the_memory_beats_the_application_beats_the_browser()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = "fr, en-GB;q=0.9, vi;q=0.8";
        var language = Of(http);
        Assert.Equal("en", language.Current);
        language.Suggest("fr-CA vi");
        Assert.Equal("vi", language.Current);
        http.Request.Headers.Cookie = "lang=en";
        Assert.Equal("en", language.Current);
        http.Request.QueryString = new QueryString("?lang=vi");
        Assert.Equal("vi", language.Current);
    }

    [Theory]
    [InlineData("?lang=xx")]
    [InlineData("?lang=")]
    [InlineData("?lang=vi&lang=en")]
    public void An_unknown_choice_is_no_choice(string query)
    {
        var http = new DefaultHttpContext { Request = { QueryString = new QueryString(query) } };
        Assert.Null(Of(http).Chosen);
    }

    [Fact]
    public async Task The_language_link_keeps_the_address_and_is_remembered()
    {
        using var reply = await pages.Browser.GetAsync(new Uri("/help?request=r1&lang=en", UriKind.Relative));
        var link = PagesFixture.Parse(await reply.Content.ReadAsStringAsync()).QuerySelector("a[hreflang=vi]")!;
        Assert.Equal("/help?request=r1&lang=vi", link.GetAttribute("href"));
        Assert.Contains(reply.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("lang=en", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_icon_is_served_without_a_file_beside_the_assembly()
    {
        using var reply = await pages.Browser.GetAsync(new Uri("/favicon.svg", UriKind.Relative));
        Assert.Equal("image/svg+xml", reply.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("2026-11-21T17:30:00Z", "22/11/2026 00:30", "2026-11-22T00:30:00+07:00")]
    [InlineData("2026-11-22T08:52:00+07:00", "22/11/2026 08:52", "2026-11-22T08:52:00+07:00")]
    public void Times_are_Vietnamese(string at, string text, string machine)
    {
        var time = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((text, machine), (VietnamTime.Text(time), VietnamTime.Machine(time)));
    }

    [Theory]
    [InlineData("1968-09-05", "05/09/1968")]
    [InlineData("1968", "1968")]
    public void A_birth_date_is_shown_as_far_as_it_is_known(string iso, string text) => Assert.Equal(text, VietnamTime.Date(iso));

    private static PageLanguage Of(HttpContext http) => new(new HttpContextAccessor { HttpContext = http });
}
