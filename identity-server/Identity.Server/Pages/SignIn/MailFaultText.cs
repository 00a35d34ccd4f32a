using Identity.Domain.Sessions;
using Identity.Server.Login;

namespace Identity.Server.Pages.SignIn;

/// <summary>The same words in the summary and beside the field.</summary>
public static class MailFaultText
{
    public static string Key(MailFault fault) => fault switch
    {
        MailFault.Missing => "official.missing",
        MailFault.Malformed => "official.malformed",
        MailFault.PasswordMissing => "err.password_missing",
        _ => "official.wrong",
    };

    public static string Field(MailFault fault) => fault is MailFault.Missing or MailFault.Malformed ? "address" : "password";

    public static MailFault? AddressFaultOf(PendingAuthentication pending) => FaultOf(pending) is MailFault.Missing or MailFault.Malformed ? FaultOf(pending) : null;

    public static MailFault? PasswordFaultOf(PendingAuthentication pending) => FaultOf(pending) is MailFault.PasswordMissing or MailFault.Wrong ? FaultOf(pending) : null;

    private static MailFault? FaultOf(PendingAuthentication pending) =>
        pending.Problem?.StartsWith("Mail", StringComparison.Ordinal) == true && Enum.TryParse<MailFault>(pending.Problem["Mail".Length..], out var fault) ? fault : null;
}
