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
    /// <param name="others">Every other one.</param>
    public Task<IActionResult> OnPostAsync([FromForm] Guid? session, [FromForm] bool others, [FromServices] AccountDoor door, [FromServices] DeviceList devices) =>
        door.EnterAsync(HttpContext, async current =>
        {
            if (others) await devices.EndOthersAsync(current);
            else if (session is { } one) await devices.EndAsync(current, one);
            return AccountDone.Show(HttpContext, Address, others ? AccountNotice.OtherSessionsEnded : AccountNotice.SessionEnded);
        });
}

/// <param name="Id">Travels in the form; the session's public handle, never what its cookie holds.</param>
/// <param name="Apps">Names of the applications that are open in it.</param>
public sealed record SessionRow(string Id, SignInTrace SignIn, DateTimeOffset LastSeenAt, IReadOnlyList<string> Apps, bool IsThis = false);
