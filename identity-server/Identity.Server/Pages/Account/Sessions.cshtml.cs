using Identity.Server.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

public sealed class SessionsModel : AccountPage
{
    private const string Address = "/account/sessions";

    public IReadOnlyList<SessionRow> Sessions { get; set; } = [];

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] DeviceList devices, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Notice = AccountDone.Read(HttpContext);
            Sessions = await devices.ListAsync(session, ct);
            return Page();
        });

    /// <param name="session">One other session of the person.</param>
    /// <param name="app">Of that session, or of this one, only this application.</param>
    /// <param name="others">Every other one.</param>
    public Task<IActionResult> OnPostAsync([FromForm] Guid? session, [FromForm] string? app, [FromForm] bool others, [FromServices] AccountDoor door, [FromServices] DeviceList devices) =>
        door.EnterAsync(HttpContext, async current =>
        {
            if (others) await devices.EndOthersAsync(current);
            else if (session is { } at && app is not null)
            {
                await devices.LeaveAsync(current, at, app);
                return AccountDone.Show(HttpContext, Address, AccountNotice.AppLeft);
            }
            else if (session is { } one) await devices.EndAsync(current, one);
            return AccountDone.Show(HttpContext, Address, others ? AccountNotice.OtherSessionsEnded : AccountNotice.SessionEnded);
        });
}

/// <param name="Id">Travels in the form; the session's public handle, never what its cookie holds.</param>
/// <param name="Apps">The applications that are open in it.</param>
public sealed record SessionRow(string Id, SignInTrace SignIn, DateTimeOffset LastSeenAt, IReadOnlyList<SessionApp> Apps, bool IsThis = false);

/// <param name="ClientId">Travels in the form; not shown.</param>
public sealed record SessionApp(string ClientId, string Name);
