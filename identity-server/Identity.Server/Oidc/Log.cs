namespace Identity.Server.Oidc;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Refused at {Endpoint}: {Code} for client {ClientId}: {Detail}")]
    public static partial void Refused(this ILogger logger, string endpoint, string code, string? clientId, string? detail);

    [LoggerMessage(2002, LogLevel.Warning, "Error page {Reference}: {Code}: {Detail}")]
    public static partial void ErrorPage(this ILogger logger, string reference, string code, string? detail);

    [LoggerMessage(2003, LogLevel.Information, "Back-channel logout {DeliveryId} to client {ClientId}: {Result} (attempt {Attempt})")]
    public static partial void LogoutDelivered(this ILogger logger, Guid deliveryId, string clientId, string result, int attempt);

    [LoggerMessage(2004, LogLevel.Warning, "Keys of client {ClientId} could not be read: {Detail}")]
    public static partial void ClientKeysUnavailable(this ILogger logger, string clientId, string detail);

    [LoggerMessage(2005, LogLevel.Error, "Back-channel logout {DeliveryId} could not be recorded; it is tried again")]
    public static partial void LogoutNotRecorded(this ILogger logger, Guid deliveryId, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "A round of back-channel logouts failed")]
    public static partial void LogoutRoundFailed(this ILogger logger, Exception exception);
}
