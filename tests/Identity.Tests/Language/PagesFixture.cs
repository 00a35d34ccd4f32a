using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;

namespace Identity.Tests.Language;

public sealed class PagesFixture : IAsyncLifetime
{
    private WebApplication? _app;

    public HttpClient Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _app = await SampleHost.StartAsync();
        Browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Browser.Dispose();
        await _app!.DisposeAsync();
    }

    internal Task<string> OpenAsync(SamplePage page, string language, string more = "") =>
        Browser.GetStringAsync(new Uri($"{page.Path}{(page.Path.Contains('?') ? '&' : '?')}sample={page.Name}&lang={language}{more}", UriKind.Relative));

    public static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    /// <summary>Names of all sample pages in both languages, as theory data.</summary>
    public static TheoryData<string, string> Everything()
    {
        var data = new TheoryData<string, string>();
        foreach (var page in SamplePage.All)
            foreach (var language in TextCatalog.Languages)
                data.Add(page.Name, language);
        return data;
    }

    internal static SamplePage Named(string name) => SamplePage.All.Single(page => page.Name == name);
}
