using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Identity.Admin;
using Identity.Admin.SignIn;
using Identity.Benchmarks.Machine;
using Identity.Benchmarks.Stage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Benchmarks.Lists;

/// <summary>
/// The administration host on a port of this process, asked over HTTP by visitors whose sessions stand in the database. Their cookies are
/// written by the host's own code; everything behind the cookie is as with every visit: session, roles, rights, the page.
/// </summary>
internal sealed partial class ListStage : IAsyncDisposable
{
    private const int WarmUp = 3;

    private readonly WebApplication _admin;
    private readonly StatementCount _statements;
    private readonly HttpClient _http;
    private readonly Dictionary<int, string> _visits;

    private ListStage(WebApplication admin, StatementCount statements, HttpClient http, Dictionary<int, string> visits) => (_admin, _statements, _http, _visits) = (admin, statements, http, visits);

    public static async Task<ListStage> StartAsync(ServerSettings settings, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var statements = new StatementCount();
        var admin = AdminApplication.Build(["--environment", "Development"], builder =>
        {
            builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
            builder.Logging.ClearProviders().AddConsole();
            builder.Services.AddSingleton<IStartupFilter>(statements);
            builder.Configuration.AddInMemoryCollection(settings.Environment().Where(s => s.Key.StartsWith("Storage", StringComparison.Ordinal) || s.Key.StartsWith("Province", StringComparison.Ordinal))
                .Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value))
                .Append(new("Logging:LogLevel:Default", "Error")).Append(new("Logging:LogLevel:Identity", "Error")).Append(new("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Error"))
                .Append(new("Admin:Address", address.GetLeftPart(UriPartial.Authority))).Append(new("Admin:Issuer", BenchmarkClients.Issuer)).Append(new("Admin:ClientSecret", "never-used-0123456789")));
        });
        await admin.StartAsync(ct);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        return new(admin, statements, http, Enumerable.Range(0, ListCatalog.Visitors).ToDictionary(n => n, n => Cookie(admin, $"visit-{n}")));
    }

    /// <summary>Once for every parameter, one after the other: nobody else asks meanwhile.</summary>
    public async Task<ListResult> MeasureAsync(MeasuredList list, int calls, CancellationToken ct)
    {
        for (var n = 0; n < WarmUp; n++) await AskAsync(list.Request(calls + n), ct);
        var (times, statements) = (new List<TimeSpan>(), new List<int>());
        for (var n = 0; n < calls; n++)
        {
            var (time, count) = await AskAsync(list.Request(n), ct);
            times.Add(time);
            statements.Add(count);
        }
        return new(list.Name, times, statements);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _admin.StopAsync();
        await _admin.DisposeAsync();
    }

    private async Task<(TimeSpan Time, int Statements)> AskAsync(ListRequest request, CancellationToken ct)
    {
        if (request.Form is null) return await SendAsync(() => new(HttpMethod.Get, request.Path), _visits[request.Visitor], request, ct);
        using var page = await _http.SendAsync(WithCookie(new(HttpMethod.Get, request.Path), _visits[request.Visitor]), ct);
        var token = FormToken().Match(await page.Content.ReadAsStringAsync(ct)).Groups[1].Value;
        var cookies = string.Join("; ", page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]).Prepend(_visits[request.Visitor]) : [_visits[request.Visitor]]);
        return await SendAsync(() => new(HttpMethod.Post, request.Path) { Content = new FormUrlEncodedContent(request.Form.Append(("form", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))) }, cookies, request, ct);
    }

    private async Task<(TimeSpan Time, int Statements)> SendAsync(Func<HttpRequestMessage> make, string cookies, ListRequest request, CancellationToken ct)
    {
        using var message = WithCookie(make(), cookies);
        _statements.Reset();
        var clock = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(message, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        var time = Stopwatch.GetElapsedTime(clock);
        // Being sent away is the sign-in, except after a form that found one person.
        var isRight = answer.StatusCode == HttpStatusCode.OK ? !request.Finds || !text.Contains("id=\"faults\"", StringComparison.Ordinal) : request.Form is not null && answer.Headers.Location is { OriginalString: ['/', 'p', ..] };
        if (!isRight) throw new BenchmarkException($"{message.Method} {request.Path}: {(int)answer.StatusCode} {answer.Headers.Location} {text[..Math.Min(2_000, text.Length)]}");
        return (time, _statements.Value);
    }

    private static HttpRequestMessage WithCookie(HttpRequestMessage message, string cookies)
    {
        message.Headers.Add("Cookie", cookies);
        return message;
    }

    private static string Cookie(WebApplication admin, string sid)
    {
        var http = new DefaultHttpContext { RequestServices = admin.Services };
        admin.Services.GetRequiredService<AdminCookies>().WriteVisit(http, sid);
        return http.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    [GeneratedRegex("name=\"form\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
