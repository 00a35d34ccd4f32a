using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Tests.Language;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Every state of every page, also those that no journey comes to: axe, Tab key, reflow.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class EverySampleTests(Chromium chromium)
{
    /// <summary>Vietnamese, whose words are longer, on the narrow screen; English on the wide one.</summary>
    [Theory]
    [InlineData("vi", 360, ColorScheme.Light)]
    [InlineData("en", 1280, ColorScheme.Dark)]
    public async Task Every_state_of_every_page_holds(string language, int width, ColorScheme scheme)
    {
        await using var host = await SampleHost.StartAsync();
        await using var profile = await chromium.NewProfileAsync(new VisitorKind(language, width));
        var page = await profile.NewPageAsync();
        var faults = new List<string>();
        foreach (var sample in SamplePage.All)
        {
            await page.GotoAsync($"{host.Urls.Single()}{sample.Path}{(sample.Path.Contains('?') ? '&' : '?')}sample={sample.Name}&lang={language}");
            faults.AddRange(await PageInspection.GlanceAsync(page, $"sample-{sample.Name}-{language}", width, scheme));
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }
}
