using System.Globalization;
using Identity.Domain.Configuration;
using Identity.Domain.Sessions;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

public sealed class ProblemModel : LoginPage
{
    public ProblemKind Kind { get; set; }

    /// <summary>The way that was tried; empty when the problem is not about one.</summary>
    public string Connector { get; set; } = "";
    public string ConnectorName { get; set; } = "";

    /// <summary>Whether the sign-in is still open and the same way may be tried again.</summary>
    public bool CanRetry { get; set; } = true;
    public bool HasOtherWay { get; set; }

    /// <summary>Trying again begins with typing a password, not with a trip that a button starts.</summary>
    public bool TypesAgain { get; set; }

    /// <summary>Canonical names of what is missing, for <see cref="ProblemKind.MissingData"/>.</summary>
    public IReadOnlyList<string> Missing { get; set; } = [];

    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>The application's start page, for a sign-in that cannot go on in this browser.</summary>
    public Uri? StartAddress { get; set; }

    /// <summary>What two sources say, for a conflict; our own records only as far as the person at the keyboard has proved to be theirs.</summary>
    public ConflictView? Conflict { get; set; }

    /// <summary>For <see cref="ProblemStep.GoOn"/>: the answer that the application did not keep.</summary>
    public string ResumeAddress => $"/connect/authorize/callback?request={Uri.EscapeDataString(RequestId)}";

    public Reference? Reference { get; set; }
    public TechnicalDetails? Technical { get; set; }

    public ProblemShape Shape => ProblemShape.Of(Kind);

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LinkingPages linking, [FromServices] LoginProblems problems)
    {
        var (pending, client) = await pages.FindAsync(this);
        StartAddress = SignInPages.StartAddress(client);
        if (pending is null) return await ShowElsewhereAsync(pages, problems);
        if (!Enum.TryParse<ProblemKind>(pending.Problem, out var kind)) return Redirect(LoginAddress.Chooser(RequestId));
        Show(pending, kind, pages);
        Conflict = await linking.ConflictAsync(HttpContext, pending);
        return Page();
    }

    /// <summary>Begun in another browser; or never, or too long ago, and then there is nothing to tell.</summary>
    private async Task<IActionResult> ShowElsewhereAsync(SignInPages pages, LoginProblems problems)
    {
        if (await pages.SeenElsewhereAsync(this) is not { } seen) return Redirect(LoginAddress.Page(RequestId, "expired"));
        (Kind, CanRetry, HasFault) = (ProblemKind.WrongBrowser, false, true);
        Reference = await problems.NoteWrongBrowserAsync(seen, HttpContext.RequestAborted);
        return Page();
    }

    private void Show(PendingAuthentication pending, ProblemKind kind, SignInPages pages)
    {
        Kind = kind;
        HasFault = Shape.Note.Length > 0;
        Connector = pending.Connector ?? "";
        ConnectorName = pages.NameOf(pending.Connector);
        var row = pages.Offered(pending).FirstOrDefault(c => c.Name == Connector && c.Protocol is not (ConnectorProtocol.Password or ConnectorProtocol.Passkey));
        CanRetry = pending.ConcludedAt is null && row is not null;
        TypesAgain = row is { TakesPassword: true };
        // Another mailbox is another way.
        HasOtherWay = kind is ProblemKind.SharedMailbox or ProblemKind.ForeignMailbox || pages.Offered(pending).Count > 1 || Connector.Length == 0;
        if (pending is { Reference: { } code, ProblemAt: { } at }) Reference = new Reference(code, at);
        if (kind == ProblemKind.TooManyAttempts && DateTimeOffset.TryParse(pending.ProblemDetail, CultureInfo.InvariantCulture, out var until)) PausedUntil = until;
        else Technical = new TechnicalDetails(kind.ToString(), pending.ProblemDetail);
    }

    /// <summary>The kind's own first step, as far as this sign-in can offer it.</summary>
    public ProblemStep FirstStep => Shape.First switch
    {
        ProblemStep.Retry when MayRetry => ProblemStep.Retry,
        ProblemStep.OtherWay or ProblemStep.Retry when OtherWayHelps => ProblemStep.OtherWay,
        ProblemStep.GoOn => ProblemStep.GoOn,
        ProblemStep.Restart when WebAddress.Harmless(StartAddress) is not null => ProblemStep.Restart,
        _ => ProblemStep.BackToApp,
    };

    /// <summary>Another door does not open an account that is closed, nor a sign-in that belongs to another browser.</summary>
    public bool OtherWayHelps => HasOtherWay
        && Kind is not (ProblemKind.Suspended or ProblemKind.Deceased or ProblemKind.NumberMismatch or ProblemKind.BirthDateDiffers or ProblemKind.WrongBrowser
            or ProblemKind.Bounced);

    public bool MayRetry => CanRetry && Connector.Length > 0;
}
