using Identity.Server.Account;
using Identity.Server.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Identity.Server.Pages;

/// <summary>What the frame around every page needs to know; the layout reads it from the page model.</summary>
public abstract class PublicPage : PageModel
{
    /// <summary>Shown in the strip under the band while somebody is on the way to an application.</summary>
    public string? AppName { get; set; }

    /// <summary>Beside it.</summary>
    public ShownLogo? AppLogo { get; set; }

    /// <summary>Puts "Error:" before the title, for people who hear the page.</summary>
    public bool HasFault { get; set; }

    /// <summary>Others use this computer too: nothing is remembered, and leaving without a trace is one button away.</summary>
    public bool SharedComputer { get; set; }

    /// <summary>Where the language link leads when the page answers a POST whose address cannot be opened with GET.</summary>
    public PathString? LanguagePath { get; set; }

    /// <summary>The page has a button for fingerprint, face or screen lock, which no browser offers without a script.</summary>
    public bool UsesPasskeys { get; set; }

    /// <summary>Loads our one script on this page and allows it here alone.</summary>
    public void UsePasskeys()
    {
        UsesPasskeys = true;
        HttpContext.UseContentSecurityPolicy(policy => policy with { Script = "'self'", Connect = "'self'" });
    }

    /// <summary>Parked request that the help link carries along, so help can lead back.</summary>
    public virtual string? HelpRequest => null;
}

/// <summary>A page of one sign-in. The parked request's id is in the path, never only in a cookie.</summary>
public abstract class LoginPage : PublicPage
{
    [FromRoute(Name = "request")]
    public string RequestId { get; set; } = "";

    public override string? HelpRequest => RequestId;

    /// <summary>An address within this sign-in: <c>At("/cancel")</c>.</summary>
    public string At(string rest) => $"/login/{Uri.EscapeDataString(RequestId)}{rest}";

    public string Start(string connector) => At($"/start/{Uri.EscapeDataString(connector)}");
}

/// <summary>A page of "my account"; somebody is signed in.</summary>
public abstract class AccountPage : PublicPage
{
    public string PersonName { get; set; } = "";

    /// <summary>What the last form did, said once at the top.</summary>
    public AccountNotice? Notice { get; set; }

    /// <summary>
    /// When the person will be signed out unless they do something: said on every page, because without script no page can warn at the last
    /// moment (ux.md S1). Null where staying would lose what is shown only once.
    /// </summary>
    public SignedInUntil? StaysUntil
    {
        get => _staysUntil ?? (ShowsOnce ? null : HttpContext.Features.Get<SignedInUntil>());
        set => _staysUntil = value;
    }

    /// <summary>Loading the page again would not bring it back.</summary>
    public virtual bool ShowsOnce => false;

    private SignedInUntil? _staysUntil;
}

public enum AccountNotice
{
    SessionEnded,
    OtherSessionsEnded,
    ServiceStopped,
    AppLeft,
    DoorRemoved,
    MainDoorChanged,
    PasskeyAdded,
    AppAdded,
    FactorRenamed,
    FactorRemoved,
    RecoveryStopped,
    MandateAccepted,
    RightEnded,
    LanguageSaved,
    ContactVerified,
    ContactRemoved,
}
