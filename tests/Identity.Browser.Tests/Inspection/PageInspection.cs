using Microsoft.Playwright;

namespace Identity.Browser.Tests.Inspection;

/// <summary>Everything that must hold for any page, whoever is on it: axe in both widths and colour schemes, reflow, the Tab key.</summary>
internal static class PageInspection
{
    private static readonly int[] Widths = [360, 1280];

    // The driver's own time limits do not cover a script that never answers: without this one a run would wait for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly string? Album = Environment.GetEnvironmentVariable("IDENTITY_SCREENSHOTS");

    public static Task<IReadOnlyList<string>> FaultsAsync(IPage page, string name) => InspectAsync(page, name).WaitAsync(Longest);

    /// <summary>The same for one width and one colour scheme, which is what a page costs that differs from another by its words.</summary>
    public static Task<IReadOnlyList<string>> GlanceAsync(IPage page, string name, int width, ColorScheme scheme) => InspectAsync(page, name, width, scheme).WaitAsync(Longest);

    private static async Task<IReadOnlyList<string>> InspectAsync(IPage page, string name)
    {
        var faults = new List<string>();
        var before = page.ViewportSize!;
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                faults.AddRange((await AxeRules.ViolationsAsync(page)).Select(v => $"{name} {width} {scheme}: {v}"));
                await PhotographAsync(page, name, width, scheme);
            }
            faults.AddRange(KeyboardWalk.Faults(await KeyboardWalk.TakeAsync(page)).Select(f => $"{name} {width} keyboard: {f}"));
        }
        faults.AddRange((await ReflowAsync(page)).Select(f => $"{name} 320: {f}"));
        await page.SetViewportSizeAsync(before.Width, before.Height);
        return faults;
    }

    private static async Task<IReadOnlyList<string>> InspectAsync(IPage page, string name, int width, ColorScheme scheme)
    {
        await page.SetViewportSizeAsync(width, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var faults = (await AxeRules.ViolationsAsync(page)).Select(v => $"{name} {width} {scheme}: {v}").ToList();
        await PhotographAsync(page, name, width, scheme);
        faults.AddRange(KeyboardWalk.Faults(await KeyboardWalk.TakeAsync(page)).Select(f => $"{name} {width} keyboard: {f}"));
        if (width == Widths[0]) faults.AddRange((await ReflowAsync(page)).Select(f => $"{name} 320: {f}"));
        return faults;
    }

    // WCAG 1.4.10: nothing to scroll sideways for at 320 px.
    private static async Task<IEnumerable<string>> ReflowAsync(IPage page)
    {
        await page.SetViewportSizeAsync(320, 640);
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return width > 320 ? [$"the page is {width} px wide"] : [];
    }

    private static async Task PhotographAsync(IPage page, string name, int width, ColorScheme scheme)
    {
        if (string.IsNullOrEmpty(Album)) return;
        var path = Path.Combine(Album, $"{name}-{width}{(scheme == ColorScheme.Dark ? "-dark" : "")}.png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
    }
}

/// <summary>Collects the faults of several pages, so that one run shows them all.</summary>
internal sealed class PageReport
{
    private readonly List<string> _faults = [];

    public int Pages { get; private set; }

    public async Task LookAtAsync(IPage page, string name)
    {
        Pages++;
        _faults.AddRange(await PageInspection.FaultsAsync(page, name));
    }

    public async Task GlanceAsync(IPage page, string name, int width)
    {
        Pages++;
        _faults.AddRange(await PageInspection.GlanceAsync(page, name, width, ColorScheme.Light));
    }

    public void AssertFaultless() => Assert.True(_faults.Count == 0, string.Join(Environment.NewLine, _faults));
}
