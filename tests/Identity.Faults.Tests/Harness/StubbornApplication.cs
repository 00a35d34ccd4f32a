using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Faults.Tests.Harness;

/// <summary>A relying party's back-channel logout endpoint with a mood: each path answers as it is told, and counts who came.</summary>
internal sealed class StubbornApplication : IAsyncDisposable
{
    public const string Hangs = "hang";
    public const string Redirects = "redirect";
    public const string Breaks = "break";
    public const string Works = "work";
    private readonly WebApplication _site;
    private readonly ConcurrentDictionary<string, string> _moods = new();
    private readonly CancellationTokenSource _closing = new();
    private int _followed;

    public StubbornApplication()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(Address);
        builder.Services.AddRouting();
        _site = builder.Build();
        _site.MapPost("/{client}/logout", AnswerAsync);
        _site.MapMethods("/elsewhere", ["GET", "POST"], () => Interlocked.Increment(ref _followed).ToString(CultureInfo.InvariantCulture));
    }

    public string Address { get; } = FreeAddresses.Take(1)[0];

    /// <summary>Visits to the place that redirects name; must stay at nought.</summary>
    public int Followed => _followed;

    /// <summary>Logout tokens that were taken, by client.</summary>
    public ConcurrentDictionary<string, int> Taken { get; } = new();

    public string UriFor(string client) => $"{Address}/{client}/logout";

    public void Set(string client, string mood) => _moods[client] = mood;

    public Task StartAsync() => _site.StartAsync();

    public static async Task<StubbornApplication> StartNewAsync()
    {
        var application = new StubbornApplication();
        await application.StartAsync();
        return application;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _site.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpContext http, string client)
    {
        switch (_moods[client])
        {
            case Hangs:
                await Task.Delay(Timeout.InfiniteTimeSpan, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case Redirects:
                http.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
                http.Response.Headers.Location = $"{Address}/elsewhere";
                break;
            case Breaks:
                http.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
                break;
            default:
                var form = await new FormReader(http.Request.Body).ReadFormAsync();
                if (form["logout_token"].Count == 1) Taken.AddOrUpdate(client, 1, (_, count) => count + 1);
                break;
        }
    }
}
