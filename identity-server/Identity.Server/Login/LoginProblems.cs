using Identity.Domain.Audit;
using Identity.Domain.Sessions;
using Identity.Server.Pages.SignIn;
using Identity.Server.Telemetry;

namespace Identity.Server.Login;

/// <summary>Every sign-in that did not go on is written down once for four readers: the page, the audit trail, the log and the help desk's code.</summary>
public sealed class LoginProblems(ParkedRequests parked, AuditTrail trail, ServerMeter meter, ILogger<LoginProblems> log)
{
    /// <summary>The caller saves.</summary>
    /// <param name="detail">For operators; no personal data.</param>
    public void Note(PendingAuthentication pending, string auditName, ProblemKind problem, string? connector, string detail)
    {
        var reference = parked.Note(pending, problem.ToString(), detail);
        trail.Add(auditName, problem.ToString(), clientId: pending.ClientId, connector: connector, reference: reference.Code, detail: detail);
        meter.NotSignedIn(connector, problem);
        log.SignInProblem(problem.ToString(), reference.Code, connector, detail);
    }

    /// <summary>The page stays where it is, so there is no code to read to anybody. The caller saves.</summary>
    /// <param name="detail">What an upstream gave as its reason: for operators, never on a page.</param>
    public void NoteWrongPassword(PendingAuthentication pending, string? connector, Guid? personId, string? detail = null)
    {
        trail.Add("signin.failed", "Password", personId, pending.ClientId, connector: connector, detail: detail);
        meter.WrongPassword(connector ?? "none");
    }
}
