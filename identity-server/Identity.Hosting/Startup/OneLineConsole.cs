using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Identity.Hosting.Startup;

/// <summary>
/// One event, one line. What a stranger typed can end up in a message, so line breaks and every other control character (terminal
/// escapes among them) are written as an escape (M8).
/// </summary>
public sealed class OneLineConsole(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write($" {Word(logEntry.LogLevel)} {logEntry.Category}[{logEntry.EventId.Id}] ");
        WriteEscaped(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(" | ");
            WriteEscaped(textWriter, exception.ToString());
        }
        textWriter.Write('\n');
    }

    private static void WriteEscaped(TextWriter writer, string text)
    {
        foreach (var letter in text)
        {
            if (IsDangerous(letter)) writer.Write($"\\u{(int)letter:x4}");
            else writer.Write(letter);
        }
    }

    /// <summary>Control and formatting characters, the latter because they can reorder a line on a screen, and the Unicode line ends.</summary>
    private static bool IsDangerous(char letter) => char.IsControl(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
