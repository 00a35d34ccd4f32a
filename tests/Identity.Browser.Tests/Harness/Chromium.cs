using Microsoft.Playwright;

namespace Identity.Browser.Tests.Harness;

/// <summary>One real browser for all journeys; each journey opens its own profile in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private IPlaywright? _driver;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing. These tests need Debian's package \"chromium\"; ./test installs it.");
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        _driver = await Playwright.CreateAsync();
        _browser = await _driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Headless = true,
            ChromiumSandbox = false,
            Timeout = 120_000,
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task<Visitor> VisitAsync(Stage stage, VisitorKind? kind = null)
    {
        var choice = kind ?? new VisitorKind();
        return await Visitor.EnterAsync(await NewProfileAsync(choice), stage, choice.Script);
    }

    /// <summary>A profile without a stage; the caller disposes of it.</summary>
    public async Task<IBrowserContext> NewProfileAsync(VisitorKind choice)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            Locale = choice.Locale,
            JavaScriptEnabled = choice.Script,
            ViewportSize = new() { Width = choice.Width, Height = 800 },
            UserAgent = choice.UserAgent,
        });
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _driver?.Dispose();
    }
}

/// <summary>Whose browser it is.</summary>
public sealed record VisitorKind(string Locale = "vi-VN", int Width = 1280, bool Script = true)
{
    /// <summary>Null: the browser's own.</summary>
    public string? UserAgent { get; init; }
}

[CollectionDefinition(Name)]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
{
    public const string Name = "Chromium";
}
