using System.Diagnostics;
using Identity.Tests.Harness;
using Xunit.Abstractions;

namespace Identity.Tests.Login;

/// <summary>Only with <c>IDENTITY_TEST_LONG=1</c>, and then it prints and judges nothing: a clock on a busy machine is no witness.</summary>
public sealed class EnumerationTimingTests(ITestOutputHelper output)
{
    private const int Samples = 1_000;

    [Fact]
    public async Task L1_Two_thousand_attempts_say_how_far_known_and_unknown_names_are_apart()
    {
        if (Environment.GetEnvironmentVariable("IDENTITY_TEST_LONG") != "1") return;
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var known = new List<string>();
        for (var i = 0; i < Samples; i++) known.Add(await Someone.NewAsync(provider));
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        var (forKnown, forUnknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < Samples; i++)
        {
            forKnown.Add(await MillisecondsAsync(known[i]));
            forUnknown.Add(await MillisecondsAsync("q" + Guid.NewGuid().ToString("N")[..11]));
        }
        var (a, b) = (Moments(forKnown), Moments(forUnknown));
        var t = (a.Mean - b.Mean) / Math.Sqrt((a.Variance + b.Variance) / Samples);
        output.WriteLine($"known {a.Mean:F3} ms, unknown {b.Mean:F3} ms, two-sided t = {t:F2} (beyond ±2.6 one in a hundred by chance)");

        async Task<double> MillisecondsAsync(string name)
        {
            var start = Stopwatch.GetTimestamp();
            page = await Someone.SignInAsync(browser, page, name, "wrong");
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    private static (double Mean, double Variance) Moments(List<double> values)
    {
        var mean = values.Average();
        return (mean, values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
