using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Harness;

/// <summary>A person at a browser: walks through the pages with their buttons, and notices what went over the wire and into the console.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private readonly IBrowserContext _context;

    private Visitor(IBrowserContext context, Stage stage, bool hasScript) => (_context, Stage, HasScript) = (context, stage, hasScript);

    public Stage Stage { get; }

    /// <summary>Whether the browser runs scripts. Where it does not, the inspection cannot run either: its promises are never kept.</summary>
    public bool HasScript { get; }

    public IPage Page { get; private set; } = null!;

    public ConcurrentQueue<IRequest> Requests { get; } = new();

    /// <summary>What a page of ours fetched from another origin.</summary>
    public ConcurrentQueue<string> FetchedFromElsewhere { get; } = new();

    /// <summary>Pages that were opened, with the status of each.</summary>
    public ConcurrentQueue<(string Address, int Status)> Documents { get; } = new();

    /// <summary>Errors of any page: scripts, and what the content security policy refused.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<Visitor> EnterAsync(IBrowserContext context, Stage stage, bool hasScript)
    {
        var visitor = new Visitor(context, stage, hasScript);
        context.Request += (_, request) => visitor.Note(request);
        context.Response += (_, response) => visitor.Note(response);
        context.Console += (_, message) => { if (message.Type == "error") visitor.Complaints.Enqueue(message.Text); };
        context.WebError += (_, error) => visitor.Complaints.Enqueue(error.Error);
        visitor.Page = await context.NewPageAsync();
        return visitor;
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> NewTabAsync() => Page = await _context.NewPageAsync();

    public void Use(IPage tab) => Page = tab;

    public Task OpenAsync(string address) => Page.GotoAsync(address);

    public Task PressAsync(string selector) => Page.Locator(selector).First.ClickAsync();

    public Task ArriveAsync(string address) => ReachAsync(url => url.StartsWith(address, StringComparison.Ordinal));

    /// <param name="pattern">Of the address without its query: ** stands for anything, * for one step of the path.</param>
    public Task ReachAsync(string pattern)
    {
        var form = new Regex("^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$");
        return ReachAsync(url => form.IsMatch(url.Split('?')[0]));
    }

    /// <summary>A page of this address is there and has its heading. Looked at again and again: on a busy machine any event can be over before anybody listens.</summary>
    public async Task ReachAsync(Func<string, bool> matches)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!matches(Page.Url))
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(began) > LongestWait) throw new TimeoutException($"Still at {Page.Url}");
            await Task.Delay(50);
        }
        await Page.Locator("h1").First.WaitForAsync();
    }

    /// <summary>The heading of the page that the browser shows when it has come to rest.</summary>
    public async Task<string> HeadingAsync() => (await Page.Locator("h1").First.TextContentAsync() ?? "").Trim();

    public async Task<string> TextAsync() => string.Join(' ', (await Page.Locator("main").InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What the application knows about whoever is signed in to it.</summary>
    public async Task<JsonElement> StateAtAsync(string application)
    {
        var reply = await Page.APIRequest.GetAsync($"{application}/_sandbox/state");
        return (await reply.JsonAsync())!.Value;
    }

    /// <summary>From the application's own sign-in button to our chooser.</summary>
    public async Task StartAtAsync(string application)
    {
        await OpenAsync(application);
        await PressAsync("a.button[href='/signin']");
    }

    /// <summary>From the chooser through the e-ID, as this person, back to us.</summary>
    public async Task ProveAsync(string person, string? failure = null)
    {
        await ToEidAsync();
        if (failure is not null)
        {
            await PressAsync("summary");
            await Page.Locator("#failure").SelectOptionAsync(failure);
        }
        await PressAsync($"button[name=person][value={person}]");
        await ComeBackAsync();
    }

    /// <summary>Back from the e-ID. A busy server shows its waiting page first, which leads on by itself.</summary>
    public Task ComeBackAsync() => ReachAsync(url => url.StartsWith(Stage.Server, StringComparison.Ordinal) && !url.Contains("/returning", StringComparison.Ordinal));

    public async Task ToEidAsync()
    {
        await PressAsync("form[action*='/start/'] button");
        await ArriveAsync(Stage.Eid);
    }

    /// <summary>A person who is new here, from the application's first page to being signed in to it.</summary>
    public async Task SignInForTheFirstTimeAsync(string application, string person)
    {
        await StartAtAsync(application);
        await ProveAsync(person);
        await PressAsync("button[name=answer][value=yes]");
        await PressAsync("button[name=answer][value=agree]");
        await ArriveAsync(application);
    }

    /// <summary>What the application says about itself after a reload.</summary>
    public async Task<bool> IsSignedInAtAsync(string application)
    {
        await OpenAsync(application);
        await Page.ReloadAsync();
        return await Page.Locator("form[action='/signout']").CountAsync() > 0;
    }

    /// <summary>Flow F24 among the rest: no page of ours asks another origin for anything, and the way leads over no other one than the e-ID's and the applications'.</summary>
    public void AssertNothingStrange()
    {
        Assert.Empty(Complaints);
        string[] allowed = [Stage.Server, Stage.Eid, Stage.Portal, Stage.Documents, Stage.Business, Stage.MailProvider];
        Assert.DoesNotContain(Requests.Select(r => r.Url), url => !url.StartsWith("data:", StringComparison.Ordinal) && !allowed.Any(origin => url.StartsWith(origin + "/", StringComparison.Ordinal)));
        // Our own pages ask nobody else for anything; only the person moves on.
        Assert.Empty(FetchedFromElsewhere);
    }

    /// <summary>For ways that end in an error page of an application, about which the browser complains as well.</summary>
    public void AssertNoPolicyViolation() => Assert.DoesNotContain(Complaints, text => text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(IRequest request)
    {
        Requests.Enqueue(request);
        if (request.IsNavigationRequest || request.Url.StartsWith(Stage.Server, StringComparison.Ordinal)) return;
        if (request.Frame.Url.StartsWith(Stage.Server, StringComparison.Ordinal)) FetchedFromElsewhere.Enqueue(request.Url);
    }

    private void Note(IResponse response)
    {
        if (response.Request.IsNavigationRequest) Documents.Enqueue((response.Url, response.Status));
    }
}
