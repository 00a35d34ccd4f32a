using Identity.Domain.Mail;

namespace Identity.Server.MailOut;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Mail {Id} {Template}: {Result}, attempt {Attempt}, {State}")]
    public static partial void MailDelivered(this ILogger logger, Guid id, string template, string result, int attempt, MailState state);

    [LoggerMessage(5002, LogLevel.Warning, "What became of mail {Id} could not be written; it is sent again")]
    public static partial void MailNotRecorded(this ILogger logger, Guid id, Exception exception);
}
