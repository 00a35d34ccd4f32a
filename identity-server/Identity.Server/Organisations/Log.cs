namespace Identity.Server.Organisations;

internal static partial class Log
{
    [LoggerMessage(2601, LogLevel.Warning, "A register could not be asked about a person")]
    public static partial void RegisterVisitFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2603, LogLevel.Warning, "The directory {Directory} could not be read to its end ({Why}: {Detail}); nobody is taken for gone")]
    public static partial void DirectoryNotRead(this ILogger logger, string directory, Identity.Protocols.Federation.UpstreamFailure why, string detail);

    [LoggerMessage(2604, LogLevel.Warning, "More mailboxes of {Directory} went at once than Staff:LargestLeaverShare allows; nothing was done. If that is right: staff reconcile --allow-many-leavers")]
    public static partial void DirectoryRefused(this ILogger logger, string directory);

    [LoggerMessage(2602, LogLevel.Warning, "Posts of somebody who signed in through {Connector} could not be looked for; the next sign-in tries again")]
    public static partial void ArrivalFailed(this ILogger logger, string connector, Exception exception);
}
