using Identity.Domain.Organisations;

namespace Identity.Server.Login;

/// <summary>
/// Counts attempts per mailbox, not per spelling: through its old domain a mailbox is not tried more often (L2). A browser that the
/// mailbox was opened from before is its owner's, and a stranger's attempts do not shut it out (L3).
/// </summary>
public sealed class MailAttempts(AttemptLimit limit, KnownDevice devices, BrowserCookies cookies)
{
    public Task<DateTimeOffset?> CountAsync(HttpContext http, OfficialMail mail, CancellationToken ct) =>
        limit.CountAsync(http, NameOf(mail.Mailbox), devices.IsKnown(http, NameOf(mail.Mailbox)), ct);

    public Task TakeBackAsync(HttpContext http, OfficialMail mail, CancellationToken ct) =>
        limit.TakeBackAsync(http, NameOf(mail.Mailbox), devices.IsKnown(http, NameOf(mail.Mailbox)), ct);

    /// <summary>After the right password.</summary>
    public async Task ForgiveAsync(HttpContext http, OfficialMail mail, CancellationToken ct)
    {
        var name = NameOf(mail.Mailbox);
        await limit.ForgiveAsync(http, name, devices.IsKnown(http, name), ct);
        cookies.WriteKnownDevice(http, devices.Issue(name));
    }

    /// <summary>Also what an operator unlocks.</summary>
    public static string NameOf(string mailbox) => $"mail\n{mailbox}";
}
