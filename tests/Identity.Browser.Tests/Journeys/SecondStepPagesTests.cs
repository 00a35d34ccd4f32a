using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Tests.Language;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Every state of the pages about second steps and own factors, most of which a journey does not come by.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SecondStepPagesTests(Chromium chromium)
{
    private static readonly string[] Parts = ["/step-up", "/enrol", "/suggest", "/recover", "/account/identities"];

    [Theory(Skip = "Written, and not yet seen to pass on a quiet machine."), InlineData("vi"), InlineData("en")]
    public async Task Every_state_is_readable_by_everybody(string language)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await using var samples = await SampleHost.StartAsync();
        var report = new PageReport();
        foreach (var sample in SamplePage.All.Where(s => Parts.Any(p => s.Path.Contains(p, StringComparison.Ordinal))))
        {
            await visitor.OpenAsync($"{samples.Urls.Single()}{sample.Path}?sample={sample.Name}&lang={language}");
            await report.LookAtAsync(visitor.Page, $"{sample.Name}-{language}");
        }
        Assert.True(report.Pages > 30, "the samples have other addresses now");
        report.AssertFaultless();
    }
}
