namespace Identity.Server.Login;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Sign-in problem {Problem} {Reference} through {Connector}: {Detail}")]
    public static partial void SignInProblem(this ILogger logger, string problem, string reference, string? connector, string detail);

    [LoggerMessage(3002, LogLevel.Error, "Sign-in through {Connector} broke on our side")]
    public static partial void SignInBroke(this ILogger logger, string connector, Exception exception);
}
