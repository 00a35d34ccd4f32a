using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Login;

/// <summary>What every page of a sign-in begins with: the parked request of this browser, whose application it is, and where its forms may lead.</summary>
public sealed class SignInPages(ParkedRequests parked, PendingAuthenticationStore store, ClientRegistry registry, PageLanguage language, Texts texts, BrowserCookies cookies,
    TimeProvider clock)
{
    public PageLanguage Language => language;

    /// <summary>The open request, or the page to go to instead.</summary>
    public async Task<(PendingAuthentication? Pending, IActionResult? Elsewhere)> OpenAsync(LoginPage page)
    {
        var http = page.HttpContext;
        if (await parked.FindAsync(http, page.RequestId) is not { } pending)
        {
            // Known in another browser: say so. Unknown anywhere: it is too old.
            var known = await SeenElsewhereAsync(page) is not null;
            return (null, new RedirectResult(LoginAddress.Page(page.RequestId, known ? "problem" : "expired")));
        }
        Prepare(page, pending);
        return pending.ConcludedAt is null && pending.ExpiresAt > clock.GetUtcNow()
            ? (pending, null)
            : (null, new RedirectResult(LoginAddress.Page(page.RequestId, "expired")));
    }

    /// <summary>For pages that also speak when the request is over, or is another browser's: enough to name the application and lead back to it.</summary>
    public async Task<(PendingAuthentication? Pending, Client? Client)> FindAsync(LoginPage page)
    {
        if (await parked.FindAsync(page.HttpContext, page.RequestId) is { } pending)
        {
            Prepare(page, pending);
            return (pending, registry.FindClient(pending.ClientId));
        }
        var client = registry.FindClient(await store.ClientOfAsync(page.RequestId, page.HttpContext.RequestAborted));
        page.AppName = client?.ClientName.In(language.Current);
        page.AppLogo = ShownLogo.Of(client?.Logo);
        return (null, client);
    }

    /// <summary>The request as it stands in another browser's name; null when there is none.</summary>
    public Task<SeenElsewhere?> SeenElsewhereAsync(LoginPage page) => store.SeenElsewhereAsync(page.RequestId, page.HttpContext.RequestAborted);

    public IReadOnlyList<ConnectorRegistration> Offered(PendingAuthentication pending) => [.. OfferedConnectors.To(registry, pending)];

    /// <summary>Endings of official mail that count for this request, in the operator's order.</summary>
    /// <param name="lastUsed">The method that this browser remembers: its endings come first, and the address itself is remembered nowhere (ux.md E17, §3.6).</param>
    public IReadOnlyList<string> MailDomains(PendingAuthentication pending, string? lastUsed = null) =>
        [.. MailDoor.OpenDomains(Offered(pending).OrderByDescending(row => row.Name == lastUsed), clock.GetUtcNow())];

    /// <summary>What the address that was typed last leads to.</summary>
    public MailVerdict JudgeMail(PendingAuthentication pending) => MailDoor.Judge(Offered(pending), pending.LoginHint ?? "", clock.GetUtcNow());

    public string NameOf(string? connector) =>
        connector is not null && registry.FindConnector(connector) is { } row ? row.DisplayName.In(language.Current) : connector ?? "";

    public Client? ClientOf(PendingAuthentication pending) => registry.FindClient(pending.ClientId);

    /// <summary>Where a sign-in to this application starts afresh.</summary>
    public static Uri? StartAddress(Client? client) =>
        Uri.TryCreate(client?.InitiateLoginUri ?? client?.ClientUri, UriKind.Absolute, out var address) ? address : null;

    private void Prepare(LoginPage page, PendingAuthentication pending)
    {
        language.Suggest(pending.Language);
        var client = registry.FindClient(pending.ClientId);
        page.AppName = client?.ClientName.In(language.Current) ?? (pending.ClientId is null ? texts["acct.title"] : pending.ClientId);
        page.AppLogo = ShownLogo.Of(client?.Logo);
        if (client?.SharedComputer == true && !page.SharedComputer)
        {
            cookies.WriteShared(page.HttpContext, shared: true);
            page.SharedComputer = true;
        }
        page.HttpContext.UseContentSecurityPolicy(policy => policy with
        {
            FormTargets = [.. client?.RedirectUris ?? [], .. Offered(pending).SelectMany(UpstreamAddresses)],
        });
    }

    /// <summary>Origins that "continue with …" may lead to. A connector that discovers its endpoints at another origin than its issuer must name them.</summary>
    private static IEnumerable<string> UpstreamAddresses(ConnectorRegistration connector)
    {
        if (connector.TakesPassword) yield break;
        foreach (var member in (string[])["issuer", "authorization_endpoint"])
            if (connector.Settings.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
                && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address)) yield return address.AbsoluteUri;
    }
}
