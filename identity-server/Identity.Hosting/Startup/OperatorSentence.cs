using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

/// <summary>Turns what an operator can put right into one sentence. Anything else is a defect and keeps its stack trace.</summary>
public static class OperatorSentence
{
    public static string? For(Exception exception) => Settings(exception) ?? Chain(exception).Select(Known).FirstOrDefault(sentence => sentence is not null);

    /// <summary>All of them at once, a line each: nobody should have to start the server five times to learn of five mistakes.</summary>
    private static string? Settings(Exception exception)
    {
        var problems = Chain(exception).SelectMany(e => e is AggregateException many ? many.InnerExceptions : [e]).OfType<OptionsValidationException>()
            .SelectMany(e => e.Failures).Distinct().Order(StringComparer.Ordinal).Select(problem => $"{Environment.NewLine}  {problem}").ToList();
        return problems.Count == 0 ? null : $"The settings are not usable:{string.Concat(problems)}";
    }

    private static string? Known(Exception exception) => exception switch
    {
        StartupException problem => problem.Message,
        AddressInUseException => "The address is in use by another program: stop it, or choose another port in the setting Urls.",
        DbException database => $"The database does not answer as it should: {FirstLine(database)}",
        CryptographicException => "The keys in the database were made under another master key: restore the file that Storage:MasterKeyFile names from its backup.",
        UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or InvalidDataException or IOException => FirstLine(exception),
        _ => null,
    };

    private static string FirstLine(Exception exception)
    {
        var line = exception.Message.ReplaceLineEndings("\n").Split('\n')[0];
        return exception.InnerException is { } inner && exception is InvalidDataException ? $"{line} {inner.Message}" : line;
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException) yield return current;
    }
}
