using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc;
using Identity.Server.Oidc.Logout;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Server.Pages.Logout;

/// <summary>Collects for the page after a sign-out what every application said, and where a person may want to go next.</summary>
public sealed class LogoutReport(IdentityDb db, ClientRegistry registry, ConnectorCatalog connectors, IOptions<OidcOptions> options)
{
    public async Task FillAsync(LoggedOutModel page, LogoutRequest parked, string language, CancellationToken ct)
    {
        var deliveries = await db.LogoutDeliveries.AsNoTracking().Where(d => d.SessionId == parked.SessionId).OrderBy(d => d.Id).ToListAsync(ct);
        page.Apps = [.. deliveries.Select(d => new LoggedOutApp(registry.FindClient(d.ClientId)?.ClientName.In(language) ?? d.ClientId, StateOf(d)))];

        var client = registry.FindClient(parked.ClientId);
        page.ReturnTo = LogoutFlow.ReturnAddress(parked) is { } address ? new Uri(address) : null;
        page.ReturnApp = client?.ClientName.In(language);
        page.SignInAgain = new Uri(client?.InitiateLoginUri ?? client?.ClientUri ?? $"{options.Value.Issuer}/account");
        await FillUpstreamAsync(page, parked, language, ct);
    }

    private static LogoutState StateOf(LogoutDelivery delivery) => delivery switch
    {
        { State: LogoutDeliveryState.Delivered } => LogoutState.Done,
        // No attempt has come back yet. Once one has failed, more will follow, but nobody should wait for them.
        { State: LogoutDeliveryState.Pending, LastResult: null } => LogoutState.Telling,
        _ => LogoutState.Unknown,
    };

    /// <summary>Our sign-out does not reach into the e-ID: its own session in this browser may go on (E23).</summary>
    private async Task FillUpstreamAsync(LoggedOutModel page, LogoutRequest parked, string language, CancellationToken ct)
    {
        var connector = await db.Sessions.Where(s => s.Id == parked.SessionId && s.EndedAt != null).Select(s => s.Connector).SingleOrDefaultAsync(ct);
        if (connector is null || connectors.FindRedirect(connector) is not { } upstream) return;
        page.EidName = registry.FindConnector(connector)?.DisplayName.In(language);
        page.EidLogout = upstream.LogoutAddress(new Uri(options.Value.Issuer));
    }
}
