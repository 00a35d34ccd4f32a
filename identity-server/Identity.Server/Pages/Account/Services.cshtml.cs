using Identity.Server.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

public sealed class ServicesModel : AccountPage
{
    private const string Address = "/account/services";

    public IReadOnlyList<ServiceRow> Services { get; set; } = [];

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] ConnectedServices services, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Notice = AccountDone.Read(HttpContext);
            Services = await services.ListAsync(session.PersonId, ct);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromForm] string? client, [FromServices] AccountDoor door, [FromServices] ConnectedServices services) =>
        door.EnterAsync(HttpContext, async session =>
        {
            var stopped = client is not null && await services.StopAsync(session, client);
            return AccountDone.Show(HttpContext, Address, stopped ? AccountNotice.ServiceStopped : null);
        });
}

/// <param name="ClientId">Travels in the form; not shown.</param>
/// <param name="Data">Canonical names of the attributes the application receives by agreement.</param>
/// <param name="CanStop">False where a statute orders the transfer: then the page says so instead of offering a button.</param>
public sealed record ServiceRow(
    string ClientId, string Name, string? Agency, IReadOnlyList<string> Data, DateTimeOffset Since, DateTimeOffset? LastUsedAt = null, bool CanStop = true)
{
    /// <summary>The same for what a statute orders.</summary>
    public IReadOnlyList<string> ByLaw { get; init; } = [];
}
