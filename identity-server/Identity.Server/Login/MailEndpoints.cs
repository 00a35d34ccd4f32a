using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Identity.Server.Http;

namespace Identity.Server.Login;

/// <summary>The civil servants' door: an address, then its mailbox's password or the way to its provider.</summary>
internal static class MailEndpoints
{
    /// <summary>Every address at a domain that counts goes on in the same way, whether it has a mailbox or not.</summary>
    public static async Task AddressAsync(HttpContext http, string request, ParkedRequests parked, ClientRegistry registry, IdentityDb db, TimeProvider clock)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var typed = (await http.Request.ReadFormAsync(http.RequestAborted))["address"].ToString();
        var verdict = MailDoor.Judge([.. OfferedConnectors.To(registry, pending)], typed, clock.GetUtcNow());
        if (verdict is MailVerdict.Accepted accepted) (pending.LoginHint, pending.Connector, pending.Problem) = (accepted.Mail.Value, accepted.Row.Name, null);
        else if (verdict is MailVerdict.Refused refused) (pending.LoginHint, pending.Problem) = (MailDoor.Remembered(typed), $"Mail{refused.Fault}");
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(verdict switch
        {
            MailVerdict.Accepted { Row: { TakesPassword: true } } => LoginAddress.Page(request, "mail"),
            MailVerdict.Accepted { Row.Name: var connector } => LoginAddress.Page(request, $"going/{Uri.EscapeDataString(connector)}"),
            MailVerdict.Refused { Fault: MailFault.Domain } => LoginAddress.Page(request, "mail/domain"),
            _ => LoginAddress.Chooser(request),
        });
    }

    /// <summary>The form brings its address along: in two tabs, each password goes with its own mailbox.</summary>
    public static async Task PasswordAsync(HttpContext http, string request, ParkedRequests parked, ClientRegistry registry, MailSignIn mail, TimeProvider clock)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (MailDoor.Judge([.. OfferedConnectors.To(registry, pending)], form["address"].ToString(), clock.GetUtcNow()) is not MailVerdict.Accepted { Row: { TakesPassword: true } row, Mail: var address })
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        http.SeeOther(LoginAddress.Page(request, await mail.TryAsync(http, pending, address, row, form["password"].ToString()) switch
        {
            MailOutcome.Proved => "continue",
            MailOutcome.Wrong => "mail",
            _ => "problem",
        }));
    }
}
