using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Inspection;

/// <summary>WCAG 2.2 AA as far as a program can judge it.</summary>
/// <remarks>Axe runs in the page itself. The driver's own way opens a window for every verdict, for the sake of frames that our pages do not have, and that costs ten times what the verdict does.</remarks>
internal static class AxeRules
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    private const string Run = """
        () => axe.run(document, {
          runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
          resultTypes: ['violations'],
        }).then(found => JSON.stringify(found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html))))
        """;

    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        return JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Run))!;
    }
}
