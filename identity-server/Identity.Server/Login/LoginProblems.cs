using Identity.Domain.Audit;
using Identity.Domain.Sessions;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Login;

/// <summary>Every sign-in that did not go on is written down once for four readers: the page, the audit trail, the log and the help desk's code.</summary>
public sealed class LoginProblems(ParkedRequests parked, AuditTrail trail, ILogger<LoginProblems> log)
{
    /// <summary>The caller saves.</summary>
    /// <param name="detail">For operators; no personal data.</param>
    public void Note(PendingAuthentication pending, string auditName, ProblemKind problem, string? connector, string detail)
    {
        var reference = parked.Note(pending, problem.ToString(), detail);
        trail.Add(auditName, problem.ToString(), clientId: pending.ClientId, connector: connector, reference: reference.Code, detail: detail);
        log.SignInProblem(problem.ToString(), reference.Code, connector, detail);
    }
}
