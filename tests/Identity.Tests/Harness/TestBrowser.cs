using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Identity.Tests.Harness;

/// <summary>A browser without script: keeps cookies, follows redirects inside the server only, fills forms as a person does.</summary>
public sealed class TestBrowser : IDisposable
{
    private readonly string _origin;
    private readonly HttpClient _http;

    public TestBrowser(string origin, params string[] alsoFollow) : this(origin, new SocketsHttpHandler(), way => way, alsoFollow)
    {
    }

    /// <summary>A browser with a way of its own to the server.</summary>
    public TestBrowser(string origin, SocketsHttpHandler sockets, Func<HttpMessageHandler, HttpMessageHandler> way, params string[] alsoFollow)
    {
        _origin = origin;
        Followed = [origin, .. alsoFollow];
        Cookies = new CookieContainer();
        (sockets.AllowAutoRedirect, sockets.CookieContainer, sockets.UseCookies) = (false, Cookies, true);
        _http = new HttpClient(way(sockets));
    }

    public CookieContainer Cookies { get; }

    /// <summary>Sent with every request, beside what a browser sends by itself.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>Origins that redirects are followed to; the first redirect elsewhere is the answer.</summary>
    public IReadOnlyList<string> Followed { get; }

    public async Task<TestPage> GetAsync(string address) => await FollowAsync(new HttpRequestMessage(HttpMethod.Get, Absolute(address)));

    public async Task<TestPage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> form) =>
        await FollowAsync(new HttpRequestMessage(HttpMethod.Post, Absolute(address)) { Content = new FormUrlEncodedContent(form) });

    /// <summary>A form with a file.</summary>
    public async Task<TestPage> PostFileAsync(string address, MultipartFormDataContent form) => await FollowAsync(new HttpRequestMessage(HttpMethod.Post, Absolute(address)) { Content = form });

    /// <summary>Sends the page's form whose action ends like this, with its hidden fields, the given ones and nothing else.</summary>
    public Task<TestPage> SubmitAsync(TestPage page, string actionEndsWith, params (string Name, string Value)[] fields)
    {
        var form = page.Forms.FirstOrDefault(f => f.Action.Split('?')[0].EndsWith(actionEndsWith, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form for {actionEndsWith} on {page.Address}: {page.Text}");
        var values = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "hidden").Select(i => KeyValuePair.Create(i.Name!, i.Value))
            .Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return PostAsync(new Uri(page.Address, form.GetAttribute("action")).AbsoluteUri, values);
    }

    public void Dispose() => _http.Dispose();

    private async Task<TestPage> FollowAsync(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 15; hops++)
        {
            using var sent = request;
            foreach (var (name, value) in Headers) sent.Headers.TryAddWithoutValidation(name, value);
            using var reply = await _http.SendAsync(sent);
            if (reply.Headers.Location is not { } location) return await TestPage.ReadAsync(sent.RequestUri!, reply);
            var target = new Uri(sent.RequestUri!, location);
            if (!Followed.Any(origin => target.AbsoluteUri.StartsWith(origin + "/", StringComparison.Ordinal) || target.AbsoluteUri == origin))
                return new TestPage(sent.RequestUri!, reply.StatusCode, "", target);
            request = new HttpRequestMessage(HttpMethod.Get, target);
        }
        throw new InvalidOperationException("The redirects do not end.");
    }

    private Uri Absolute(string address) => new(new Uri(_origin), address);
}

/// <summary>What the browser shows now, or the foreign address that it was sent to.</summary>
public sealed record TestPage(Uri Address, HttpStatusCode Status, string Html, Uri? LeftFor)
{
    private static readonly HtmlParser Parser = new();
    private IHtmlDocument? _document;

    public IHtmlDocument Document => _document ??= Parser.ParseDocument(Html);
    public string Text => string.Join(' ', (Document.QuerySelector("main")?.TextContent ?? Document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";
    public IReadOnlyList<IHtmlFormElement> Forms => [.. Document.Forms.OfType<IHtmlFormElement>()];

    /// <summary>Response headers of the page itself.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>A reload would send the form again.</summary>
    public bool WasPosted { get; private init; }

    /// <summary>Parameters of an answer, wherever they were sent: query of a foreign address, or fields of a form that posts itself.</summary>
    public IReadOnlyDictionary<string, string> Answer => LeftFor is not null
        ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(LeftFor.Query).ToDictionary(p => p.Key, p => p.Value.ToString())
        : Document.QuerySelectorAll("form input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(i => i.Name!, i => i.Value);

    public static async Task<TestPage> ReadAsync(Uri address, HttpResponseMessage reply) =>
        new(address, reply.StatusCode, await reply.Content.ReadAsStringAsync(), null)
        {
            WasPosted = reply.RequestMessage?.Method == HttpMethod.Post,
            Headers = reply.Headers.Concat(reply.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        };
}
