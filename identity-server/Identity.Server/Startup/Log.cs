namespace Identity.Server.Startup;

internal static partial class Log
{
    [LoggerMessage(1005, LogLevel.Information, "Removed {Count} expired rows")]
    public static partial void Cleaned(this ILogger logger, int count);

    [LoggerMessage(1007, LogLevel.Warning, "Wake-ups of other nodes are not heard; changes are found by polling until they are")]
    public static partial void WakeUpsLost(this ILogger logger, Exception exception);

    [LoggerMessage(1008, LogLevel.Information, "Wake-ups of other nodes are heard again; everything was read anew")]
    public static partial void WakeUpsHeard(this ILogger logger);

    [LoggerMessage(1009, LogLevel.Information, "{Count} owners of what ends soon have no address and could not be told; they are tried again")]
    public static partial void OwnersNotTold(this ILogger logger, int count);
}
