namespace Identity.Hosting.Startup;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Applied {Count} migrations")]
    public static partial void Migrated(this ILogger logger, int count);

    [LoggerMessage(1002, LogLevel.Information, "Configuration revision {Revision} is in use: {Clients} clients, {Connectors} connectors, {Keys} signing keys")]
    public static partial void ConfigurationLoaded(this ILogger logger, long revision, int clients, int connectors, int keys);

    [LoggerMessage(1003, LogLevel.Error, "{Work} failed and will be tried again; this is said once until it works")]
    public static partial void WorkFailed(this ILogger logger, string work, Exception exception);

    [LoggerMessage(1004, LogLevel.Information, "{Work} works again")]
    public static partial void WorkRecovered(this ILogger logger, string work);

    [LoggerMessage(1006, LogLevel.Information, "Stopping: not ready any more, answering for another {Delay}")]
    public static partial void Draining(this ILogger logger, TimeSpan delay);
}
