using Identity.Domain.Clients;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc.Logout;
using Identity.Server.Pages;
using Microsoft.Extensions.Options;

namespace Identity.Server.Account;

/// <summary>Files the report and leads on: nobody is signed in afterwards, this browser included.</summary>
public sealed class NotMeFlow(IdentityDb db, NotMeReport report, ClientRegistry registry, LogoutSignal signal, BrowserCookies cookies, IOptions<ProvinceOptions> province, TimeProvider clock)
{
    /// <summary>Address of the page that says what was done. Runs to its end even when the browser gives up waiting: half an emergency brake is none.</summary>
    public async Task<string> FileAsync(HttpContext http, Session reporter, NotMeSubject subject)
    {
        var reference = Reference.New(province.Value.ReferencePrefix, clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync();
        await report.FileAsync(reporter, subject, reference.Code, client => registry.FindClient(client)?.BackchannelLogoutUri is not null, CancellationToken.None);
        // Every node: this one may be gone before it has told the applications.
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, CancellationToken.None);
        await transaction.CommitAsync();
        signal.Raise();
        cookies.ClearSession(http);
        return $"/not-me/{reference.Code}";
    }
}
