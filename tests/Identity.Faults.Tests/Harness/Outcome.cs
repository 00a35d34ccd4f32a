using System.Collections.Concurrent;
using System.Net;
using Identity.Tests.Harness;

namespace Identity.Faults.Tests.Harness;

internal enum Ending
{
    Finished,

    /// <summary>It did not work out, and whoever asked knows what to do: a page with a next step, an error with its code.</summary>
    Told,

    /// <summary>A stack trace, an empty answer, a status without a page: never acceptable.</summary>
    Broken,
}

/// <param name="What">Which page or error, for the count.</param>
internal sealed record Outcome(Ending Ending, string What)
{
    public static readonly Outcome Finished = new(Ending.Finished, "finished");

    public bool IsFinished => Ending == Ending.Finished;

    /// <summary>What a page that is not a step of the sign-in means for the person.</summary>
    public static Outcome Of(string step, TestPage page)
    {
        if (page.LeftFor is not null)
            return page.Answer.TryGetValue("error", out var error) ? new(Ending.Told, $"{step}: application got {error}") : new(Ending.Broken, $"{step}: left for {page.LeftFor.AbsolutePath}");
        var last = page.Address.AbsolutePath.Split('/')[^1];
        if (page.Heading.Length == 0) return new(Ending.Broken, $"{step}: {(int)page.Status} without a page: {page.Html[..Math.Min(page.Html.Length, 200)]}");
        return page.Status switch
        {
            HttpStatusCode.ServiceUnavailable when page.Headers.ContainsKey("Retry-After") => new(Ending.Told, $"{step}: page 503"),
            HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound when last is "problem" or "expired" => new(Ending.Told, $"{step}: page {last}"),
            HttpStatusCode.BadRequest => new(Ending.Told, $"{step}: page 400"),
            _ => new(Ending.Broken, $"{step}: {(int)page.Status} {page.Address.AbsolutePath} \"{page.Heading}\""),
        };
    }

    /// <summary>What an application's library makes of an answer.</summary>
    public static Outcome Of(string step, TestReply reply) => reply switch
    {
        { Status: 200 } => Finished,
        { Status: 503, Error: "server_error" or "temporarily_unavailable", Headers.RetryAfter: not null } => new(Ending.Told, $"{step}: 503 {reply.Error}"),
        { Status: 400, Error: "invalid_grant" } or { Status: 401, Error: "invalid_token" } => new(Ending.Told, $"{step}: {reply.Error}"),
        _ => new(Ending.Broken, $"{step}: {reply.Status} {reply.Body[..Math.Min(reply.Body.Length, 200)]}"),
    };
}

/// <summary>Every outcome, counted.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<Outcome, int> _counts = new();

    public void Add(Outcome outcome) => _counts.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    public int Of(Ending ending) => _counts.Where(c => c.Key.Ending == ending).Sum(c => c.Value);

    public string Summary => $"{_counts.Values.Sum()} started, {Of(Ending.Finished)} finished, {Of(Ending.Told)} told what to do, {Of(Ending.Broken)} broken";

    public string Details => string.Join("; ", _counts.OrderByDescending(c => c.Value).Select(c => $"{c.Value}× {c.Key.Ending}: {c.Key.What}"));

    public void AssertNothingBroke() => Assert.True(Of(Ending.Broken) == 0, $"{Summary}. {Details}");
}
