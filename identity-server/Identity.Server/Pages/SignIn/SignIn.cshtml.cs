using Identity.Domain.Announcements;
using Identity.Domain.Configuration;
using Identity.Domain.Sessions;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

public sealed class SignInModel : LoginPage
{
    public string? AppAgency { get; set; }

    /// <summary>In the order to show: last used, then healthy ones first. Methods of one kind stand together.</summary>
    public IReadOnlyList<SignInMethod> Methods { get; set; } = [];

    /// <summary>What the application said the person is called, or what was typed before a refused attempt.</summary>
    public string? LoginHint { get; set; }

    public PasswordFault? Fault { get; set; }

    /// <summary>Set while a door is being added, or a fresh proof is wanted: then this page says what it is for.</summary>
    public LinkingView? Linking { get; set; }

    /// <summary>What is wrong with the official address that was typed; which endings count has a page of its own.</summary>
    public MailFault? AddressFault { get; set; }

    /// <summary>Endings of official mail that this application accepts.</summary>
    public IReadOnlyList<string> MailDomains { get; set; } = [];

    /// <summary>The official address that was typed, or that the application told.</summary>
    public string? MailAddress { get; set; }

    public PasskeyFault? PasskeyFault { get; set; }

    /// <summary>What the province says today, in the language of the page.</summary>
    public IReadOnlyList<string> Announcements { get; set; } = [];

    public bool OnlyPassword => Methods is [{ Kind: SignInMethodKind.Local }];

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] BrowserCookies cookies, [FromServices] LoginSession login, [FromServices] LinkingPages linking,
        [FromServices] AnnouncementBoard board, bool choose = false)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        // Another tab has signed in meanwhile: this one goes on by itself (ux.md §3.3).
        if (!choose && pending is { ForceLogin: false, Problem: null, LinkStep: null } && await login.CurrentAsync(HttpContext, HttpContext.RequestAborted) is { } session
            && session.CreatedAt > pending.CreatedAt) return Redirect(ParkedRequests.ResumeAddress(pending));
        AppAgency = pages.ClientOf(pending)?.Agency.In(pages.Language.Current);
        LoginHint = pending.LoginHint;
        Fault = FaultOf(pending);
        AddressFault = MailFaultText.AddressFaultOf(pending);
        PasskeyFault = PasskeyFaultOf(pending);
        HasFault = Fault is not null || AddressFault is not null || PasskeyFault is not null and not Login.Factors.PasskeyFault.Cancelled;
        var lastUsed = cookies.ReadLastMethod(HttpContext);
        MailDomains = pages.MailDomains(pending, lastUsed);
        MailAddress = AddressFault is not null || pending.LoginHint?.Contains('@', StringComparison.Ordinal) == true ? pending.LoginHint : null;
        Linking = await linking.ViewAsync(HttpContext, pending);
        var offered = await linking.OfferedAsync(pending, pages.Offered(pending), HttpContext.RequestAborted);
        Methods = InOrder(offered, lastUsed, pages.Language.Current);
        Announcements = [.. board.For(pending.ClientId, [.. offered.Select(c => (c.Name, c.Kind == ConnectorKind.OfficialMail))]).Select(a => a.Text.In(pages.Language.Current))];
        if (Methods.Any(m => m.Kind == SignInMethodKind.Passkey)) UsePasskeys();
        return Page();
    }

    private static PasskeyFault? PasskeyFaultOf(PendingAuthentication pending) =>
        pending.Problem is ['P', 'a', 's', 's', 'k', 'e', 'y', ..] problem && Enum.TryParse<PasskeyFault>(problem["Passkey".Length..], out var fault) ? fault : null;

    private static PasswordFault? FaultOf(PendingAuthentication pending) => pending.Problem switch
    {
        "PasswordUsernameMissing" => PasswordFault.UsernameMissing,
        "PasswordPasswordMissing" => PasswordFault.PasswordMissing,
        "PasswordWrong" => PasswordFault.Wrong,
        _ => null,
    };

    /// <summary>Only the first is the primary button.</summary>
    private static List<SignInMethod> InOrder(IReadOnlyList<ConnectorRegistration> offered, string? lastUsed, string language) =>
    [
        .. SignInMethods.InOrder(offered, lastUsed)
            .Select((c, place) => new SignInMethod(c.Name, c.DisplayName.In(language), SignInMethods.KindOf(c), place == 0, c.Name == lastUsed, NoteOf(c, offered, language))),
    ];

    private static string? NoteOf(ConnectorRegistration connector, IReadOnlyList<ConnectorRegistration> offered, string language) =>
        connector.Kind != ConnectorKind.OfficialMail ? connector.Incident?.In(language)
        : string.Join(' ', offered.Where(c => c.IsMailDoor).Select(c => c.Incident?.In(language)).OfType<string>());
}

/// <param name="Connector">Name of the connector row; part of the address that starts it.</param>
/// <param name="IncidentNote">A ready sentence while an incident is open, in the language of the page.</param>
public sealed record SignInMethod(
    string Connector, string Name, SignInMethodKind Kind, bool IsPrimary = false, bool LastUsed = false, string? IncidentNote = null);

public enum PasswordFault
{
    UsernameMissing,
    PasswordMissing,

    /// <summary>One text for an unknown name and a wrong password: the page never reveals whether somebody exists.</summary>
    Wrong,
}
