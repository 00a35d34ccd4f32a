using System.Net;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Faults.Tests.Harness;

/// <summary>
/// A person at a browser and the application that sent them: the whole visit through nginx, from the first request to the sign-out,
/// by the pages that come and not by a script of requests. Says of everything how it ended.
/// </summary>
internal sealed class Traveller : IDisposable
{
    public static readonly string[] People = ["an", "binh", "le-mot", "le-hai", "dung", "foreigner", "full", "noemail", "trung", "dai"];

    private const int LongestWay = 40;
    private readonly Province _province;
    private readonly string _person;
    private readonly HttpClient _http;
    private readonly TestRelyingParty _application;
    private TestBrowser _browser;

    /// <param name="person">Somebody of the e-ID, or <see cref="Province.LocalAccount"/> for name and password.</param>
    public Traveller(Province province, string person)
    {
        (_province, _person) = (province, person);
        _http = new HttpClient(new FirstNode(this, "application/json") { InnerHandler = province.Proxy.NewSockets() }) { BaseAddress = new Uri(province.Origin) };
        _application = province.RelyingParty(_http);
        _browser = NewBrowser();
    }

    /// <summary>Which node nginx asks first, request by request; null: it takes turns.</summary>
    public Func<string?> Node { get; set; } = () => null;

    /// <summary>Begins with every request of the visit; what happens meanwhile is the fault.</summary>
    public Func<string, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    /// <summary>What goes wrong at the e-ID in this sign-in.</summary>
    public string Failure { get; set; } = "";

    /// <summary>How often a person loads a page again that says so.</summary>
    public int Reloads { get; set; }

    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);

    public string Scope { get; init; } = "openid profile offline_access";

    public string? Code { get; private set; }
    public TestReply? Tokens { get; private set; }
    public TestPage? Page { get; private set; }
    public TestRelyingParty Application => _application;

    /// <summary>Another browser, in which nobody is signed in anywhere.</summary>
    public void Forget()
    {
        _browser.Dispose();
        _browser = NewBrowser();
    }

    /// <summary>Sign-in, tokens, a call, a refresh, sign-out; ends at the first that does not work out.</summary>
    public async Task<Outcome> VisitAsync()
    {
        foreach (var part in (Func<Task<Outcome>>[])[SignInAsync, RedeemAsync, UserInfoAsync, RefreshAsync, SignOutAsync])
            if (await part() is { IsFinished: false } outcome) return outcome;
        return Outcome.Finished;
    }

    /// <summary>From the application to its code, however many pages that takes.</summary>
    public async Task<Outcome> SignInAsync() => await TryAsync("sign-in", async () =>
    {
        Page = await LoadAsync("authorize", () => _application.AuthorizeAsync(_browser, ("scope", Scope)));
        for (var pages = 0; pages < LongestWay; pages++)
        {
            if (Page is { LeftFor: not null } && Page.Answer.TryGetValue("code", out var code))
            {
                Code = code;
                return Outcome.Finished;
            }
            if (NextStep(Page) is not { } next) return Outcome.Of("sign-in", Page);
            Page = await LoadAsync(next.Name, next.Act);
        }
        return new(Ending.Broken, "sign-in: comes round for ever");
    });

    public Task<Outcome> RedeemAsync() => AskAsync("token", () => _application.TokenAsync(_application.Exchange(Code!)), keep: true);

    public Task<Outcome> RefreshAsync() => AskAsync("refresh", () => _application.TokenAsync(_application.Refresh(Tokens!.RefreshToken)), keep: true);

    public Task<Outcome> UserInfoAsync() => AskAsync("userinfo", () => _application.UserInfoAsync(Tokens!.AccessToken), keep: false);

    /// <summary>The application's own sign-out button.</summary>
    public Task<Outcome> SignOutAsync() => TryAsync("sign-out", async () =>
    {
        var back = _application.RedirectUri.Replace("/cb", "/out", StringComparison.Ordinal);
        Page = await LoadAsync("sign-out", () => _browser.GetAsync(
            $"/connect/endsession?id_token_hint={Tokens!.IdToken}&post_logout_redirect_uri={Uri.EscapeDataString(back)}"));
        if (Page.Forms.Any(f => f.Action.Split('?')[0].EndsWith("/confirm", StringComparison.Ordinal))) return new(Ending.Told, "sign-out: asks");
        return Page.LeftFor?.AbsoluteUri == back || Page.Address.AbsolutePath.EndsWith("/done", StringComparison.Ordinal) ? Outcome.Finished : Outcome.Of("sign-out", Page);
    });

    public void Dispose()
    {
        _browser.Dispose();
        _http.Dispose();
    }

    private TestBrowser NewBrowser() => new(_province.Origin, _province.Proxy.NewSockets(), sockets => new FirstNode(this, "text/html") { InnerHandler = sockets }, _province.Sandbox.Options.EidUrl);

    private (string Name, Func<Task<TestPage>> Act)? NextStep(TestPage page)
    {
        bool Has(string action) => page.Forms.Any(f => f.Action.Split('?')[0].EndsWith(action, StringComparison.Ordinal));
        if (page.Status != HttpStatusCode.OK) return null;
        if (_person == Province.LocalAccount && Someone.AsksForPassword(page))
            return ("password", () => Someone.SignInAsync(_browser, page, _person));
        if (Has("/start/vnconnect") && page.Address.AbsolutePath.Split('/')[^1] is not "problem")
            return ("start", () => _browser.SubmitAsync(page, "/start/vnconnect"));
        if (Has("/oauth2/authorize/decision"))
            return ("return", () => _browser.SubmitAsync(page, "/oauth2/authorize/decision", ("person", _person), ("failure", Failure)));
        if (Has("/first")) return ("first", () => _browser.SubmitAsync(page, "/first", ("answer", "yes")));
        if (Has("/release")) return ("release", () => TestRelyingParty.AgreeAsync(_browser, page));
        if (FederationFixture.IsReturning(page)) return ("returning", () => WaitAsync(page));
        return null;
    }

    private async Task<TestPage> WaitAsync(TestPage page)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        return await _browser.GetAsync(page.Document.QuerySelector("a.go")?.GetAttribute("href") ?? page.Address.AbsoluteUri);
    }

    private async Task<TestPage> LoadAsync(string step, Func<Task<TestPage>> act)
    {
        var page = await DuringAsync(step, act);
        for (var again = 0; again < Reloads && page.Status == HttpStatusCode.ServiceUnavailable; again++)
        {
            await Task.Delay(Pause);
            var shown = page;
            page = await DuringAsync($"{step} again", () => shown.WasPosted ? act() : _browser.GetAsync(shown.Address.AbsoluteUri));
        }
        return page;
    }

    private Task<Outcome> AskAsync(string step, Func<Task<TestReply>> act, bool keep) => TryAsync(step, async () =>
    {
        var reply = await DuringAsync(step, act);
        for (var again = 0; again < Reloads && reply.Status == 503; again++)
        {
            await Task.Delay(Pause);
            reply = await DuringAsync($"{step} again", act);
        }
        if (keep && reply.Status == 200) Tokens = reply;
        return Outcome.Of(step, reply);
    });

    private async Task<T> DuringAsync<T>(string step, Func<Task<T>> act)
    {
        var fault = Meanwhile(step);
        try
        {
            return await act();
        }
        finally
        {
            await fault;
        }
    }

    private static async Task<Outcome> TryAsync(string part, Func<Task<Outcome>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new(Ending.Broken, $"{part}: {e.GetType().Name} {e.InnerException?.Message ?? e.Message}");
        }
    }

    private sealed class FirstNode(Traveller traveller, string accept) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Accept.ParseAdd(accept);
            if (traveller.Node() is { } node) request.Headers.Add(NginxProxy.FirstNode, node);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
