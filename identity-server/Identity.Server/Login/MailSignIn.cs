using System.Globalization;
using Identity.Domain.Configuration;
using Identity.Domain.Failures;
using Identity.Domain.Organisations;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Login;

/// <summary>What one attempt at the door of official mail counts, and what may be tried again when it was nobody's fault.</summary>
public sealed class MailSignIn(MailAttempts attempts, MailServers servers, FederatedSignIn federated, LoginProblems problems, IdentityDb db, TimeProvider clock)
{
    private const int LongestPassword = 256;

    /// <summary>Asks the mailbox's own server. A proof waits in the parked request then, like one that came back from an e-ID.</summary>
    public async Task<MailOutcome> TryAsync(HttpContext http, PendingAuthentication pending, OfficialMail mail, ConnectorRegistration row, string password)
    {
        var ct = http.RequestAborted;
        (pending.LoginHint, pending.Connector, pending.Problem) = (mail.Value, row.Name, null);
        if (password.Length is 0 or > LongestPassword) return await FaultAsync(pending, row, password.Length == 0 ? MailFault.PasswordMissing : MailFault.Wrong, ct);
        if (await attempts.CountAsync(http, mail, ct) is { } pausedUntil)
        {
            problems.Note(pending, "signin.paused", ProblemKind.TooManyAttempts, row.Name, pausedUntil.ToString("O", CultureInfo.InvariantCulture));
            return await SaveAsync(MailOutcome.Stopped, ct);
        }
        switch (await servers.AskAsync(row.Name, new PasswordAttempt(mail.Value, mail.Mailbox, password), ct))
        {
            case UpstreamOutcome.Authenticated { Identity: var identity }:
                federated.Keep(pending, identity);
                pending.Reach(SignInStep.Judged, clock.GetUtcNow());
                await attempts.ForgiveAsync(http, mail, ct);
                return await SaveAsync(MailOutcome.Proved, ct);
            case UpstreamOutcome.Failed { Why: UpstreamFailure.CredentialsRefused, Detail: var detail }:
                return await FaultAsync(pending, row, MailFault.Wrong, ct, detail);
            case UpstreamOutcome.Failed { Why: var why, Detail: var detail }:
                // Nothing was judged, or the password was right: no step towards a pause.
                await attempts.TakeBackAsync(http, mail, ct);
                problems.Note(pending, "signin.failed", ProblemShape.From(why), row.Name, $"{why}: {detail}");
                return await SaveAsync(MailOutcome.Stopped, ct);
            default:
                throw new InvalidOperationException("A password connector answers with one of two outcomes.");
        }
    }

    private async Task<MailOutcome> FaultAsync(PendingAuthentication pending, ConnectorRegistration row, MailFault fault, CancellationToken ct, string? detail = null)
    {
        pending.Problem = $"Mail{fault}";
        if (fault == MailFault.Wrong) problems.NoteWrongPassword(pending, row.Name, personId: null, detail);
        return await SaveAsync(MailOutcome.Wrong, ct);
    }

    private async Task<MailOutcome> SaveAsync(MailOutcome outcome, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        return outcome;
    }
}

public enum MailOutcome
{
    /// <summary>The proof waits in the parked request.</summary>
    Proved,

    /// <summary>The password page says it again.</summary>
    Wrong,

    /// <summary>The problem page says why.</summary>
    Stopped,
}
