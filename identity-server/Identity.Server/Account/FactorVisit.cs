using System.Text;
using Identity.Domain.Clients;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Server.Login;
using Identity.Server.Pages;

namespace Identity.Server.Account;

/// <summary>A visit to a set-up page that may have come from an application's sign-in: which one waits, and how its request is carried along.</summary>
public sealed class FactorVisit(ParkedRequests parked, ClientRegistry registry, PageLanguage language)
{
    private const int LongestName = 60;

    /// <summary>The waiting sign-in, when it is this browser's and still open; its application stands above the page.</summary>
    public async Task<PendingAuthentication?> WaitingAsync(PublicPage page, string? request)
    {
        if (request is not { Length: > 0 and <= 100 } || await parked.FindOpenAsync(page.HttpContext, request) is not { Protocol: ParkedRequests.Oidc } pending) return null;
        var client = registry.FindClient(pending.ClientId);
        (page.AppName, page.AppLogo) = (client?.ClientName.In(language.Current), ShownLogo.Of(client?.Logo));
        return pending;
    }

    /// <summary>Where a change was made, as the notice about it will say.</summary>
    public static NoticeFacts From(Session session) => new() { SessionId = session.Id, Device = session.Device };

    /// <summary>An address of these pages with the waiting request in it.</summary>
    public static string Address(string page, string? request) =>
        request is { Length: > 0 and <= 100 } ? $"{page}?for={Uri.EscapeDataString(request)}" : page;

    /// <summary>What the owner calls it, made fit to be shown; the device's own name when they called it nothing.</summary>
    public static string NameOr(string? typed, HttpContext http)
    {
        var text = (typed ?? "").Trim();
        if (text.Length > LongestName) text = text[..LongestName];
        var isText = text.Length > 0 && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF');
        return isText ? text.Normalize(NormalizationForm.FormC) : DeviceName.From(http.Request.Headers.UserAgent.ToString());
    }
}
