namespace Identity.Server.Organisations;

internal static partial class Log
{
    [LoggerMessage(2601, LogLevel.Warning, "A register could not be asked about a person")]
    public static partial void RegisterVisitFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2602, LogLevel.Warning, "Posts of somebody who signed in through {Connector} could not be looked for; the next sign-in tries again")]
    public static partial void ArrivalFailed(this ILogger logger, string connector, Exception exception);
}
