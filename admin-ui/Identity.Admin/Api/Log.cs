namespace Identity.Admin.Api;

internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Error, "The management API failed at {Method} {Operation}")]
    public static partial void ApiFailed(this ILogger log, string method, string operation, Exception failure);
}
