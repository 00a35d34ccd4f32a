using System.Globalization;

namespace Identity.Domain.Failures;

/// <summary>Where a sign-in can be. In the order of the way; a word of each stands in the compact form.</summary>
public enum SignInStep
{
    /// <summary>The application's request was judged and parked.</summary>
    Asked,

    /// <summary>A way to sign in was chosen on our page.</summary>
    Chosen,

    /// <summary>Sent to the upstream.</summary>
    Left,

    /// <summary>Came back with an answer.</summary>
    Back,

    /// <summary>The answer was judged by the connector.</summary>
    Judged,

    /// <summary>A person was found, made or refused.</summary>
    Linked,

    /// <summary>The session began.</summary>
    SignedIn,

    /// <summary>A second factor was given, or did not check out.</summary>
    Factor,

    /// <summary>A capacity was chosen, or none could be.</summary>
    Persona,

    /// <summary>The release of data was answered.</summary>
    Consent,

    /// <summary>A code was given to the application.</summary>
    Answered,

    /// <summary>The application fetched its tokens.</summary>
    Token,

    /// <summary>The application sent the person here again.</summary>
    App,
}

/// <param name="After">Since the application asked.</param>
/// <param name="Outcome"><c>ok</c>, or one word why not.</param>
public sealed record SignInStepTaken(SignInStep Step, TimeSpan After, string Outcome);

/// <summary>
/// The steps of one sign-in in a column: <c>Chosen+2410=ok Left+2618=ok Back+30113=ok Judged+30305=TimedOut</c>. They ride on writes
/// that happen anyway; none is written for its own sake.
/// </summary>
public static class SignInSteps
{
    public const string Ok = "ok";

    /// <summary>As long as the column. Somebody who goes round for an hour keeps the beginning and loses the middle.</summary>
    private const int Longest = 1_900;

    private const int LongestWord = 60;

    public static string Add(string? steps, SignInStep step, TimeSpan after, string outcome = Ok)
    {
        var entry = string.Create(CultureInfo.InvariantCulture, $"{step}+{(long)Math.Max(0, after.TotalMilliseconds)}={Word(outcome)}");
        if (string.IsNullOrEmpty(steps)) return entry;
        while (steps.Length + entry.Length >= Longest)
        {
            var first = steps.IndexOf(' ', StringComparison.Ordinal);
            var second = first < 0 ? -1 : steps.IndexOf(' ', first + 1);
            if (second < 0) return entry;
            steps = steps[..first] + steps[second..];
        }
        return $"{steps} {entry}";
    }

    public static IReadOnlyList<SignInStepTaken> Read(string? steps) =>
        [.. (steps ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne).OfType<SignInStepTaken>()];

    /// <summary>What the last trip to an upstream took; null when there was none, or nobody came back.</summary>
    public static TimeSpan? TimeAway(string? steps)
    {
        var taken = Read(steps);
        return taken.LastOrDefault(s => s.Step == SignInStep.Back)?.After - taken.LastOrDefault(s => s.Step == SignInStep.Left)?.After;
    }

    private static SignInStepTaken? ReadOne(string entry) =>
        entry.Split('+', '=') is [var name, var after, var outcome]
        && Enum.TryParse<SignInStep>(name, out var step) && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? new(step, TimeSpan.FromMilliseconds(milliseconds), outcome)
            : null;

    /// <summary>Names of ours and of the configuration only; anything else would be somebody's text in a record without people.</summary>
    private static string Word(string outcome)
    {
        var word = new string([.. outcome.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':')]);
        return word.Length > LongestWord ? word[..LongestWord] : word.Length == 0 ? "unknown" : word;
    }
}
