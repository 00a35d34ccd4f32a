using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace Identity.Benchmarks.Load;

/// <summary>The authorization code flow with PKCE, walked as a browser walks it: redirects, pages, forms.</summary>
internal sealed class CodeFlow(Visitor visitor)
{
    private const int MostHops = 14;
    private const int MostForms = 4;

    private readonly LoadOptions _options = visitor.Options;
    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    private readonly string _state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Ends with tokens. Without <paramref name="signIn"/> a page on the way is an error: the session should have made it needless.</summary>
    public async Task RunAsync(bool signIn)
    {
        if (signIn && _options.Credentials.JsonUrl.Length > 0)
        {
            await SignInByJsonAsync();
            signIn = false;
        }
        var page = await GetAsync(AuthorizeAddress());
        var forms = 0;
        for (var hop = 0; hop < MostHops; hop++)
        {
            if (page.Location is { } location)
            {
                if (location.IsAbsoluteUri && location.AbsoluteUri.StartsWith(_options.RedirectUri, StringComparison.Ordinal))
                {
                    await visitor.RedeemAsync(CodeFrom(location), _verifier);
                    return;
                }
                page = await GetAsync(visitor.Provider.Follow(page.Address, location));
                continue;
            }
            RequirePage(page);
            if (!signIn) throw new LoadException($"a page came although a session exists: {page.Address.AbsolutePath}");
            if (++forms > MostForms) throw new LoadException($"too many forms, the last at {page.Address.AbsolutePath}");
            page = await SubmitAsync(page);
        }
        throw new LoadException($"no code after {MostHops} hops");
    }

    /// <summary>From the authorization request to the sign-in page of somebody whom the provider has never seen.</summary>
    public async Task ReachSignInPageAsync()
    {
        var page = await GetAsync(AuthorizeAddress());
        for (var hop = 0; page.Location is { } location && hop < MostHops; hop++)
            page = await GetAsync(visitor.Provider.Follow(page.Address, location));
        RequirePage(page);
        if (HtmlForm.Find(page.Body, page.Address) is null) throw new LoadException($"no form in the page at {page.Address.AbsolutePath}");
    }

    private Uri AuthorizeAddress()
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)));
        var endpoint = visitor.Provider.Authorize;
        return new($"{endpoint}{(endpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?')}response_type=code"
            + $"&client_id={Uri.EscapeDataString(_options.Web.Id)}&redirect_uri={Uri.EscapeDataString(_options.RedirectUri)}&scope={Uri.EscapeDataString(_options.Web.Scope)}"
            + $"&state={_state}&nonce={_state}&code_challenge={challenge}&code_challenge_method=S256{(_options.AuthorizeExtra.Length == 0 ? "" : $"&{_options.AuthorizeExtra}")}");
    }

    private string CodeFrom(Uri callback)
    {
        var query = HttpUtility.ParseQueryString(callback.Query);
        if (query["error"] is { } error) throw new LoadException($"authorize answered {error}: {query["error_description"]}");
        if (query["state"] != _state) throw new LoadException("state differs");
        return query["code"] ?? throw new LoadException("no code");
    }

    private async Task<Page> SubmitAsync(Page page)
    {
        var form = HtmlForm.Find(page.Body, page.Address) ?? throw new LoadException($"no POST form in the page at {page.Address.AbsolutePath}");
        var (user, password) = _options.Credentials.Of(visitor.Number);
        form.Fill(_options.Credentials.UserField, user);
        form.Fill(_options.Credentials.PasswordField, password);
        form.Add(_options.Credentials.FormExtra);
        using var content = new FormUrlEncodedContent(form.Fields);
        return await BrowseAsync(HttpMethod.Post, visitor.Provider.Here(form.Action), content);
    }

    private async Task SignInByJsonAsync()
    {
        var (user, password) = _options.Credentials.Of(visitor.Number);
        var body = _options.Credentials.JsonBody.Replace("{user}", user, StringComparison.Ordinal).Replace("{password}", password, StringComparison.Ordinal);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var page = await BrowseAsync(HttpMethod.Post, visitor.Provider.Here(_options.Credentials.JsonUrl), content);
        if ((int)page.Status is < 200 or >= 300) throw new LoadException($"signing in answered {(int)page.Status}");
    }

    private static void RequirePage(Page page)
    {
        if (page.Status != HttpStatusCode.OK) throw new LoadException($"{(int)page.Status} at {page.Address.AbsolutePath}: {page.Body}");
    }

    private Task<Page> GetAsync(Uri address) => BrowseAsync(HttpMethod.Get, address, null);

    private async Task<Page> BrowseAsync(HttpMethod method, Uri address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (visitor.Cookies.HeaderFor(address.AbsolutePath) is { } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/json");
        visitor.Requests++;
        using var response = await visitor.Provider.SendAsync(request);
        visitor.Cookies.Take(response);
        if (_options.Verbose) await Console.Error.WriteLineAsync($"{method} {address} -> {(int)response.StatusCode} {response.Headers.Location}");
        var location = (int)response.StatusCode is >= 300 and < 400 ? response.Headers.Location : null;
        return new(address, response.StatusCode, location, await response.Content.ReadAsStringAsync());
    }

    private sealed record Page(Uri Address, HttpStatusCode Status, Uri? Location, string Body);
}
