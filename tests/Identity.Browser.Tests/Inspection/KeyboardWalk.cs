using System.Text.Json;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Inspection;

/// <summary>One place where the Tab key stops.</summary>
public sealed record KeyboardStop(string Name, string Element, double Width, double Height, bool HasRing, bool IsCovered, bool IsPrimary, bool IsInSentence)
{
    public string? Fault => Name.Length == 0 ? $"{Element}: has no name"
        : !HasRing ? $"{Name}: no focus ring"
        : IsCovered ? $"{Name}: covered"
        // WCAG 2.2, 2.5.8: a link within a sentence may be as high as its line.
        : !IsInSentence && Math.Min(Width, Height) < 24 ? $"{Name}: {Width:0}x{Height:0} px"
        : null;
}

/// <summary>Goes through a page with the Tab key alone, as ux.md describes the run.</summary>
internal static class KeyboardWalk
{
    private const int Longest = 80;
    private const int FarthestPrimary = 15;

    private const string Describe = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body || e === document.documentElement) return null;
          const text = n => (n?.textContent ?? '').replace(/\s+/g, ' ').trim();
          const name = e.getAttribute('aria-label')
            || (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => text(document.getElementById(id))).join(' ').trim()
            || (e.labels?.length ? text(e.labels[0]) : '') || text(e);
          const box = e.getBoundingClientRect(), style = getComputedStyle(e);
          // A region taller than the window has its middle elsewhere: what counts is the middle of what shows.
          const middle = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;
          const there = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
          return JSON.stringify({
            name, element: e.outerHTML.slice(0, 120), width: box.width, height: box.height,
            hasRing: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            isCovered: !there || !(e.contains(there) || there.contains(e) && there !== document.body && there !== document.documentElement),
            // At a desk the button stands behind all the fields of its form; the skip link leads past the sections.
            isPrimary: e.matches('.btn.go') && !document.body.matches('.desk'),
            isInSentence: style.display === 'inline' && text(e.parentElement).length > text(e).length,
          });
        }
        """;

    public static async Task<IReadOnlyList<KeyboardStop>> TakeAsync(IPage page)
    {
        var stops = new List<KeyboardStop>();
        await page.EvaluateAsync("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }");
        for (var presses = 0; presses < Longest; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<string?>(Describe) is { } json ? JsonSerializer.Deserialize<KeyboardStop>(json, JsonSerializerOptions.Web) : null;
            if (stop is null && stops.Count == 0) continue;
            if (stop is null || (stops.Count > 0 && stop.Element == stops[0].Element)) break;
            stops.Add(stop);
        }
        return stops;
    }

    public static IEnumerable<string> Faults(IReadOnlyList<KeyboardStop> stops)
    {
        if (stops.Count == 0) yield return "the Tab key stops nowhere";
        foreach (var stop in stops)
            if (stop.Fault is { } fault) yield return fault;
        var primary = stops.Select((stop, place) => (stop.IsPrimary, Place: place + 1)).FirstOrDefault(s => s.IsPrimary).Place;
        if (primary > FarthestPrimary) yield return $"the primary action is stop {primary}";
    }
}
