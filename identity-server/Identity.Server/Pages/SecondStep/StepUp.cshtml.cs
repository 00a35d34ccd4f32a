using System.Globalization;
using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SecondStep;

/// <summary>Why again, and with what (ux.md C13 to C15). One way at a time; the others are links, so that no code is typed into the field of another.</summary>
public sealed class StepUpModel : LoginPage
{
    private const string Wrong = "StepUp";
    private const string Passkey = "Passkey";

    /// <summary>Null when the person has nothing that would be enough: then the links remain.</summary>
    public StepUpWay? Way { get; set; }

    public IReadOnlyList<StepUpWay> OtherWays { get; set; } = [];

    /// <summary>Our own page asks, before something about the ways to sign in is changed.</summary>
    public bool IsForAccount { get; set; }

    public PasskeyFault? PasskeyFault { get; set; }
    public StepUpFault Fault { get; set; }

    /// <summary>Attempts that are left.</summary>
    public int Left { get; set; }

    /// <summary>Backup codes that are left.</summary>
    public int CodesLeft { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>Where a code would be mailed, or was: masked.</summary>
    public string? MailAddress { get; set; }

    /// <summary>When the code that can be typed was sent; null before one was, and when it is over.</summary>
    public DateTimeOffset? MailedAt { get; set; }

    public DateTimeOffset MailedUntil { get; set; }

    /// <summary>Something that needs no mail could be set up instead.</summary>
    public bool CanEnrol { get; set; }

    /// <summary>With a pause: what the person can read to the help desk.</summary>
    public Reference? Reference { get; set; }

    public string WayAddress(StepUpWay way) => At($"/step-up?way={WordOf(way)}");

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] SecondFactorFacts facts,
        [FromServices] RecoveryCodes codes, [FromServices] CodeByMail mail, string? way = null)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var ct = HttpContext.RequestAborted;
        if (await login.CurrentAsync(HttpContext, ct) is not { } session) return Redirect(LoginAddress.Chooser(RequestId));
        var plan = await facts.PlanAsync(pending, session, ct);
        var ways = plan.Methods.Select(WayOf).ToList();
        // Another tab has done it meanwhile, or nothing here would help: whoever asked judges again.
        if (ways.Count == 0 && pending.Problem is null) return Redirect(ParkedRequests.ResumeAddress(pending));
        IsForAccount = pending.Protocol == ParkedRequests.Account;
        Way = ways.Count == 0 ? null : ways.FirstOrDefault(w => WordOf(w) == way, ways[0]);
        OtherWays = [.. ways.Where(w => w != Way)];
        CanEnrol = plan.Enrollable.Count > 0;
        if (Way == StepUpWay.Codes) CodesLeft = await codes.CountLeftAsync(session.PersonId, ct);
        if (Way == StepUpWay.Passkey) UsePasskeys();
        if (Way == StepUpWay.Mail)
        {
            (MailAddress, var waiting) = await mail.ShowAsync(pending, session, ct);
            (MailedAt, MailedUntil) = (waiting?.SentAt, waiting?.ExpiresAt ?? default);
        }
        ShowFault(pending);
        if (PausedUntil is not null && pending is { Reference: { } code, ProblemAt: { } at }) Reference = new(code, at);
        return Page();
    }

    private void ShowFault(PendingAuthentication pending)
    {
        if (pending.Problem is not { } problem) return;
        if (Way == StepUpWay.Passkey && problem.StartsWith(Passkey, StringComparison.Ordinal) && Enum.TryParse<PasskeyFault>(problem[Passkey.Length..], out var passkey)) PasskeyFault = passkey;
        else if (problem.StartsWith(Wrong, StringComparison.Ordinal) && Enum.TryParse<StepUpFault>(problem[Wrong.Length..], out var fault)) Show(fault, pending.ProblemDetail ?? "");
        HasFault = FaultKey is not null || PausedUntil is not null || PasskeyFault is not null and not Login.Factors.PasskeyFault.Cancelled;
    }

    private void Show(StepUpFault fault, string detail)
    {
        if (fault == StepUpFault.Paused)
        {
            PausedUntil = DateTimeOffset.TryParse(detail, CultureInfo.InvariantCulture, out var until) ? until : null;
            return;
        }
        Left = int.TryParse(detail, CultureInfo.InvariantCulture, out var left) ? left : 0;
        Fault = fault;
    }

    /// <summary>Each code's fault in the words of that code (ux.md E3); null when there is none.</summary>
    public string? FaultKey => (Fault, Way) switch
    {
        (StepUpFault.UsedBefore, StepUpWay.Codes) => "err.backup_used",
        (StepUpFault.Wrong, StepUpWay.Codes) => "err.backup_wrong",
        (StepUpFault.Wrong, StepUpWay.App) => "err.code_wrong",
        (StepUpFault.Shape, StepUpWay.Codes) => "err.backup_shape",
        (StepUpFault.Shape, StepUpWay.App) => "err.code_shape",
        (StepUpFault.Wrong, StepUpWay.Mail) => "err.mail_code_wrong",
        (StepUpFault.Shape, StepUpWay.Mail) => "err.mail_code_shape",
        (StepUpFault.TooOld, StepUpWay.Mail) => "err.code_old",
        (StepUpFault.ManyMails, StepUpWay.Mail) => "contact.err_many",
        _ => null,
    };

    private static StepUpWay WayOf(OwnMethod method) => method switch
    {
        OwnMethod.Passkey => StepUpWay.Passkey,
        OwnMethod.Totp => StepUpWay.App,
        OwnMethod.MailedCode => StepUpWay.Mail,
        _ => StepUpWay.Codes,
    };

    private static string WordOf(StepUpWay way) => way switch
    {
        StepUpWay.Passkey => "passkey",
        StepUpWay.App => "app",
        StepUpWay.Mail => "mail",
        _ => "codes",
    };
}

public enum StepUpWay
{
    Passkey,
    App,
    Codes,
    Mail,
}
