using System.IO.Compression;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Inspection;

/// <summary>What a page costs before somebody on a bad connection sees it (ux.md §6).</summary>
internal sealed record SignInWeight(int Bytes, int CompressedBytes, int RequestsBeforePaint, int Requests)
{
    public static async Task<SignInWeight> OfAsync(IPage page)
    {
        var language = await page.EvaluateAsync<string>("() => document.documentElement.lang");
        var html = await page.APIRequest.GetAsync(page.Url, new() { Headers = [KeyValuePair.Create("Accept-Language", language)] });
        var body = await html.BodyAsync();
        // The document is one request; what else was fetched is in the browser's own list.
        var early = await page.EvaluateAsync<int>("""
            () => {
              const paint = performance.getEntriesByName('first-paint')[0]?.startTime ?? Infinity;
              return performance.getEntriesByType('resource').filter(r => r.startTime < paint && r.renderBlockingStatus === 'blocking').length;
            }
            """);
        var all = await page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').length");
        var icons = await page.Locator("link[rel=icon]").CountAsync();
        return new SignInWeight(body.Length, Compressed(body), 1 + early, 1 + Math.Max(all, icons));
    }

    private static int Compressed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(body);
        return packed.ToArray().Length;
    }

    public override string ToString() =>
        $"document {Bytes} bytes, compressed {CompressedBytes}; requests before the first paint {RequestsBeforePaint}, in all {Requests}";
}
