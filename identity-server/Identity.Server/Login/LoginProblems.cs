using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Pages.SignIn;
using Identity.Server.Telemetry;

namespace Identity.Server.Login;

/// <summary>
/// Every sign-in that did not go on is written down once for its readers: the page, the audit trail, the log, and the help desk, which
/// gets the steps up to there.
/// </summary>
public sealed class LoginProblems(ParkedRequests parked, IdentityDb db, AuditTrail trail, ServerMeter meter, TimeProvider clock, ILogger<LoginProblems> log)
{
    /// <summary>Name of the problem of a request that ran out of time; it has a page of its own.</summary>
    public const string Expired = "Expired";

    /// <summary>The caller saves.</summary>
    /// <param name="detail">For operators; no personal data.</param>
    /// <param name="at">The step that did not succeed.</param>
    public void Note(PendingAuthentication pending, string auditName, ProblemKind problem, string? connector, string detail, SignInStep at = SignInStep.Judged)
    {
        var reference = parked.Note(pending, problem.ToString(), detail);
        pending.Reach(at, reference.At, problem.ToString());
        Keep(pending, problem == ProblemKind.Bounced ? FailureEnding.Bounced : FailureEnding.Problem, problem.ToString(), connector, reference.Code);
        trail.Add(auditName, problem.ToString(), clientId: pending.ClientId, connector: connector, reference: reference.Code, detail: detail);
        meter.NotSignedIn(connector, problem);
        log.SignInProblem(problem.ToString(), reference.Code, connector, detail);
    }

    /// <summary>The page stays where it is, so there is no code to read to anybody. The caller saves.</summary>
    /// <param name="detail">What an upstream gave as its reason: for operators, never on a page.</param>
    public void NoteWrongPassword(PendingAuthentication pending, string? connector, Guid? personId, string? detail = null)
    {
        pending.Reach(SignInStep.Judged, clock.GetUtcNow(), "WrongPassword");
        trail.Add("signin.failed", "Password", personId, pending.ClientId, connector: connector, detail: detail);
        meter.WrongPassword(connector ?? "none");
    }

    /// <summary>The person comes back too late and sees a page. The caller saves.</summary>
    public void NoteExpired(PendingAuthentication pending)
    {
        var reference = parked.Note(pending, Expired, "nothing came any more");
        Keep(pending, FailureEnding.Expired, Expired, pending.Connector, reference.Code);
        trail.Add("signin.expired", Expired, clientId: pending.ClientId, connector: pending.Connector, reference: reference.Code);
        log.SignInProblem(Expired, reference.Code, pending.Connector, "nothing came any more");
    }

    /// <summary>The person went back to the application; no page showed a code. The caller saves.</summary>
    public void NoteAbandoned(PendingAuthentication pending)
    {
        Keep(pending, FailureEnding.Abandoned, pending.Problem, pending.Connector, reference: null);
        trail.Add("signin.abandoned", clientId: pending.ClientId);
    }

    private void Keep(PendingAuthentication pending, FailureEnding ending, string? problem, string? connector, string? reference) => db.FailureRecords.Add(new()
    {
        Reference = reference,
        Ending = ending,
        Problem = problem,
        ClientId = pending.ClientId,
        Connector = connector,
        StartedAt = pending.CreatedAt,
        At = clock.GetUtcNow(),
        Steps = pending.Steps ?? "",
    });
}
