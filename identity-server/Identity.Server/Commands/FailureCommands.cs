using System.CommandLine;
using System.Globalization;
using Identity.Domain.Failures;
using Identity.Domain.Notices;

namespace Identity.Server.Commands;

/// <summary>For the help desk, until it has pages of its own: what happened behind the code that a person reads out.</summary>
internal static class FailureCommands
{
    public static Command Make(Option<FileInfo?> settings) => new("failure", "Explain a sign-in that did not arrive") { Show(settings), Release(settings) };

    private static Command Show(Option<FileInfo?> settings)
    {
        var code = new Argument<string>("code") { Description = "Reference code as the page shows it, for example AB-482-915-307; dashes and capitals do not matter" };
        var command = new Command("show", "Tell the steps of one sign-in; this look is written to the audit trail") { code };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            if (await session.Get<FailureTimeline>().LookUpAsync(parsed.GetRequiredValue(code), ct) is { } report) return Tell(report);
            await Console.Error.WriteLineAsync("Nobody knows this code: it was read wrongly, or it is too old.");
            return 1;
        });
        return command;
    }

    private static Command Release(Option<FileInfo?> settings)
    {
        var code = new Argument<string>("code") { Description = "Reference code of a report \"this was not me\"" };
        var command = new Command("release", "Give back the way to sign in that a report \"this was not me\" paused; look at documents first") { code };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var reference = FailureTimeline.Canonical(parsed.GetRequiredValue(code));
            if (reference is null || await session.Get<NotMeReport>().ReleaseAsync(reference, ct) is not { } ways)
            {
                await Console.Error.WriteLineAsync("Nobody reported anything under this code.");
                return 1;
            }
            Console.WriteLine(ways == 0 ? "Nothing is paused by this report any more." : $"Works again: {ways} way(s) to sign in.");
            return 0;
        });
        return command;
    }

    private static int Tell(FailureReport report)
    {
        Console.WriteLine(report.Reference);
        if (report.Record is { } record) Tell(record, report.Steps);
        foreach (var entry in report.Entries)
            Console.WriteLine($"trail     {Moment(entry.At)}  {entry.Name}{Said(entry.Reason)}{Said(entry.ClientId)}{Said(entry.Connector)}{Said(entry.Detail)}");
        Console.WriteLine($"reason    {report.Advice.Sentence}");
        Console.WriteLine($"whose     {report.Advice.Fixer}");
        return 0;
    }

    private static void Tell(FailureRecord record, IReadOnlyList<SignInStepTaken> steps)
    {
        Console.WriteLine($"ended     {Moment(record.At)}  {record.Ending}{Said(record.Problem)}{Said(record.Connector)}");
        Console.WriteLine($"step      {Moment(record.StartedAt)}  {"Asked",-10}{record.ClientId ?? "my account"}");
        var before = TimeSpan.Zero;
        foreach (var step in steps)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step      {Moment(record.StartedAt + step.After)}  {step.Step,-10}{step.Outcome}  (+{(step.After - before).TotalSeconds:0.0} s)"));
            before = step.After;
        }
    }

    private static string Said(string? word) => word is null ? "" : $"  {word}";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
