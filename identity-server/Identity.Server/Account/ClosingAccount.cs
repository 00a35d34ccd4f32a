using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc.Logout;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>The person leaves: signed out everywhere at once, forgotten after a week (<see cref="Leaving"/>).</summary>
public sealed class ClosingAccount(IdentityDb db, Leaving leaving, LogoutFlow logout, BrowserCookies cookies)
{
    /// <summary>Reason in <c>session.ended</c>.</summary>
    public const string Left = "person_left";

    public async Task AskAsync(HttpContext http, Session session)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await leaving.AskAsync(session.PersonId, CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        var open = await db.Sessions.Where(s => s.PersonId == session.PersonId && s.EndedAt == null).Select(s => s.Id).ToListAsync();
        foreach (var id in open) await logout.EndElsewhereAsync(id, Left, includeOffline: true, CancellationToken.None);
        cookies.ClearSession(http);
    }
}
