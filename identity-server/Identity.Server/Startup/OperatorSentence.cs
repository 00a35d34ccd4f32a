using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Identity.Server.Startup;

/// <summary>Turns what an operator can put right into one sentence. Anything else is a defect and keeps its stack trace.</summary>
internal static class OperatorSentence
{
    public static string? For(Exception exception) => Chain(exception).Select(Known).FirstOrDefault(sentence => sentence is not null);

    private static string? Known(Exception exception) => exception switch
    {
        StartupException problem => problem.Message,
        OptionsValidationException options => $"The settings are not usable: {string.Join(' ', options.Failures.Select(Setting))}",
        AddressInUseException => "The address is in use by another program: stop it, or choose another port in the setting Urls.",
        DbException database => $"The database does not answer as it should: {FirstLine(database)}",
        CryptographicException => "The keys in the database were made under another master key: restore the file that Storage:MasterKeyFile names from its backup.",
        UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or InvalidDataException or IOException => FirstLine(exception),
        _ => null,
    };

    /// <summary>Attributes report "… for 'StorageOptions' members: 'X' with the error: 'sentence'."; the operator knows the section, not the class.</summary>
    private static string Setting(string failure)
    {
        var parts = failure.Split("' with the error: '");
        var section = failure.Split('\'');
        return parts.Length == 2 && section.Length > 1
            ? $"{section[1].Replace("Options", "", StringComparison.Ordinal)}: {parts[1].TrimEnd('.', '\'')}."
            : failure;
    }

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
