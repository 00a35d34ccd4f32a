using Identity.Domain.Clients;
using Identity.Domain.Failures;

namespace Identity.Domain.Statistics;

/// <summary>The sums of a period, turned into answers.</summary>
public sealed class StatisticsSums(IReadOnlyList<StatisticsSum> rows, IReadOnlyList<Client> applications)
{
    private static readonly string[] Failed = ["signin.failed", "signin.refused", "signin.cancelled", "signin.declined", "signin.expired", "signin.bounced", "authorize.refused", "authorize.error_shown", "token.refused"];

    public IReadOnlyList<Client> Applications => applications;

    public long Arrived => Of("session.started");

    /// <summary>Codes given to applications, with a sign-in or by one that was there already.</summary>
    public long Answered => Of("code.issued");

    /// <summary>Those who turned back are among them: they did not arrive.</summary>
    public long Failures => rows.Where(r => Failed.Contains(r.Name)).Sum(r => r.Amount);

    /// <summary>The ten that came most, with whose turn it is.</summary>
    public IReadOnlyList<FailureReason> Reasons => [.. rows.Where(r => Failed.Contains(r.Name)).GroupBy(r => (IsSetUp: IsSetUp(r.Name), Word: ReasonOf(r)))
        .Select(g => new FailureReason(g.Key.Word, FixerOf(g.Key.IsSetUp, g.Key.Word), g.Sum(r => r.Amount)))
        .OrderByDescending(r => r.Amount).ThenBy(r => r.Word, StringComparer.Ordinal).Take(10)];

    /// <summary>Applications by connectors: answers given, and failures on the way there.</summary>
    public IReadOnlyDictionary<(string ClientId, string Connector), MatrixCell> Matrix => rows
        .Where(r => r.ClientId.Length > 0 && r.Connector.Length > 0 && (r.Name == "code.issued" || Failed.Contains(r.Name)))
        .GroupBy(r => (r.ClientId, r.Connector)).ToDictionary(g => g.Key, g => new MatrixCell(g.Where(r => r.Name == "code.issued").Sum(r => r.Amount), g.Where(r => r.Name != "code.issued").Sum(r => r.Amount)));

    /// <summary>
    /// How many came as far as each step: those who arrived, and of the others those whose steps say so. Who was signed in already saw none
    /// of it and is not counted.
    /// </summary>
    public IReadOnlyList<(SignInStep Step, long Amount)> Funnel(bool isProvince)
    {
        var lost = rows.Where(r => r.Name == StatisticHour.Step).GroupBy(r => r.Reason).ToDictionary(g => g.Key, g => g.Sum(r => r.Amount), StringComparer.Ordinal);
        var arrived = isProvince ? Arrived : Answered;
        return [.. ((SignInStep[])[SignInStep.Asked, SignInStep.Chosen, SignInStep.Left, SignInStep.Back, SignInStep.Linked, SignInStep.SignedIn, SignInStep.Answered, SignInStep.App])
            .Select(step => (step, step == SignInStep.App ? arrived : arrived + lost.Where(l => Enum.TryParse<SignInStep>(l.Key, out var reached) && reached == step).Sum(l => l.Value)))];
    }

    public long OfReason(string word) => rows.Where(r => Failed.Contains(r.Name) && ReasonOf(r) == word).Sum(r => r.Amount);

    private long Of(string name) => rows.Where(r => r.Name == name).Sum(r => r.Amount);

    /// <summary>Refused before anybody could sign in: the application asks in a way that it was not registered for.</summary>
    private static bool IsSetUp(string name) => name is "authorize.refused" or "authorize.error_shown" or "token.refused";

    private static FailureFixer FixerOf(bool isSetUp, string word) =>
        isSetUp ? FailureFixer.Application : FailureAdvice.Knows(word) ? FailureAdvice.For(word).Fixer : FailureFixer.Person;

    private static string ReasonOf(StatisticsSum row) => row.Reason.Length > 0 ? row.Reason : row.Name[(row.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

/// <param name="Word">As the trail says it.</param>
public sealed record FailureReason(string Word, FailureFixer Fixer, long Amount);

public sealed record MatrixCell(long Answered, long Failed)
{
    public double FailureShare => Answered + Failed == 0 ? 0 : (double)Failed / (Answered + Failed);
}
