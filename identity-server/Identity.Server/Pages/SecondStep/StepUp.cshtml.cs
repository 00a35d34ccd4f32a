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

    /// <summary>With a pause: what the person can read to the help desk.</summary>
    public Reference? Reference { get; set; }

    public string WayAddress(StepUpWay way) => At($"/step-up?way={WordOf(way)}");

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] PersonFactors factors,
        [FromServices] RecoveryCodes codes, string? way = null)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (await login.CurrentAsync(HttpContext, HttpContext.RequestAborted) is not { } session) return Redirect(LoginAddress.Chooser(RequestId));
        var own = await factors.OfAsync(session.PersonId, HttpContext.RequestAborted);
        var ways = StepUpPlan.For(session.Context(), ParkedRequests.RequirementOf(pending), pending.CreatedAt, own).Methods.Select(WayOf).ToList();
        // Another tab has done it meanwhile, or nothing here would help: whoever asked judges again.
        if (ways.Count == 0 && pending.Problem is null) return Redirect(ParkedRequests.ResumeAddress(pending));
        IsForAccount = pending.Protocol == ParkedRequests.Account;
        Way = ways.Count == 0 ? null : ways.FirstOrDefault(w => WordOf(w) == way, ways[0]);
        OtherWays = [.. ways.Where(w => w != Way)];
        if (Way == StepUpWay.Codes) CodesLeft = await codes.CountLeftAsync(session.PersonId, HttpContext.RequestAborted);
        if (Way == StepUpWay.Passkey) UsePasskeys();
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
        _ => null,
    };

    private static StepUpWay WayOf(OwnMethod method) => method switch
    {
        OwnMethod.Passkey => StepUpWay.Passkey,
        OwnMethod.Totp => StepUpWay.App,
        _ => StepUpWay.Codes,
    };

    private static string WordOf(StepUpWay way) => way switch
    {
        StepUpWay.Passkey => "passkey",
        StepUpWay.App => "app",
        _ => "codes",
    };
}

public enum StepUpWay
{
    Passkey,
    App,
    Codes,
}
