using System.Net;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Identity.Tests.Operations;

/// <summary>Line breaks, terminal commands and long values that a stranger wants to see in our logs and headers.</summary>
public sealed class InjectionTests
{
    private const string Breaking = "x\r\nSet-Cookie: session=evil\r\n\r\n<html>\u010D\u010A\u001b[31mred\u001b]0;title\u0007\u2028\u2029\u0085\u202Ez";

    [Fact]
    public async Task M8_What_a_stranger_wrote_stays_on_one_line_of_the_log()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var formatter = provider.Services.GetServices<ConsoleFormatter>().Single(f => f.Name == "one-line");
        using var writer = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Warning, "Identity", new EventId(1), Breaking, new InvalidOperationException(Breaking), (state, _) => state);
        formatter.Write(entry, scopeProvider: null, writer);
        var line = writer.ToString();
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E');
        Assert.Contains("\\u000d\\u000aSet-Cookie", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    [InlineData("state")]
    [InlineData("login_hint")]
    [InlineData("ui_locales")]
    [InlineData("prompt")]
    public async Task M8_A_parameter_with_line_breaks_makes_no_header(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var reply = await provider.Http.GetAsync(TestRelyingParty.Address(TestRelyingParty.Of(provider).Request((name, Breaking), ("max_age", "soon"))));
        Assert.InRange((int)reply.StatusCode, 200, 400);
        Assert.DoesNotContain("evil", reply.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join('|', cookies) : "", StringComparison.Ordinal);
        if (reply.Headers.Location is { } location) Assert.DoesNotContain('\n', location.OriginalString);
    }

    [Fact]
    public async Task M8_A_name_or_a_browser_with_terminal_commands_does_nothing()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        browser.Headers["User-Agent"] = "Mozilla/5.0 \u001b[31m<script>alert(1)</script>".Replace("\u001b", "%1b", StringComparison.Ordinal);
        var name = await Someone.NewAsync(provider);
        var page = await Someone.SignInAsync(browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser), Breaking, "wrong");
        Assert.True(Someone.AsksForPassword(page));
        Assert.NotNull((await Someone.SignInAsync(browser, page, name)).LeftFor);
        var devices = await browser.GetAsync("/account/sessions");
        Assert.Empty(devices.Document.Scripts);
        Assert.DoesNotContain("31m", devices.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("Referer")]
    [InlineData("Accept-Language")]
    [InlineData("Authorization")]
    public async Task M8_M14_A_header_of_a_megabyte_is_refused(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var answer = await RawHttp.SendAsync(provider, $"GET /help HTTP/1.1\r\nHost: localhost\r\n{name}: {new string('x', 1_000_000)}\r\nConnection: close\r\n\r\n");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 431", StringComparison.Ordinal), answer.Split('\r')[0]);
        Assert.Equal(HttpStatusCode.OK, (await provider.Http.GetAsync("/help")).StatusCode);
    }
}
