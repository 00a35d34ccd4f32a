namespace Identity.Hosting.Health;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information, "Ready")]
    public static partial void Ready(this ILogger logger);

    [LoggerMessage(1102, LogLevel.Warning, "Not ready: {Problem}")]
    public static partial void NotReady(this ILogger logger, string problem);
}
