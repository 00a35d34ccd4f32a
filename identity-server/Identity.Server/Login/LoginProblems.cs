using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Pages;
using Identity.Server.Pages.SignIn;
using Identity.Server.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>
/// Every sign-in that did not go on is written down once for its readers: the page, the audit trail, the log, and the help desk, which
/// gets the steps up to there.
/// </summary>
public sealed class LoginProblems(ParkedRequests parked, IdentityDb db, AuditTrail trail, ServerMeter meter, TimeProvider clock, ILogger<LoginProblems> log)
{
    /// <summary>Name of the problem of a request that ran out of time; it has a page of its own.</summary>
    public const string Expired = "Expired";

    /// <summary>The same for somebody who has nothing that the application takes; the page of the missing ones says so.</summary>
    public const string NoCapacity = "NoCapacity";

    /// <summary>Too many wrong codes; the page that asks for them says so.</summary>
    public const string FactorPaused = "StepUpPaused";

    /// <summary>Looking again within this time is the same failure.</summary>
    private static readonly TimeSpan SameLook = TimeSpan.FromMinutes(10);

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

    /// <summary>The second step is paused. Whoever goes on typing meanwhile sees the same code. The caller saves.</summary>
    public void NoteFactorPaused(PendingAuthentication pending, DateTimeOffset until)
    {
        var detail = until.ToString("O", CultureInfo.InvariantCulture);
        if (pending.Problem == FactorPaused && pending.ProblemDetail == detail) return;
        NoteOnPage(pending, "signin.paused", FactorPaused, "FactorPaused", detail, SignInStep.Factor);
        meter.NotSignedIn(pending.Connector, ProblemKind.TooManyAttempts);
    }

    /// <summary>A page explains that the person can stand before this application as nobody. The caller saves.</summary>
    public void NoteNoCapacity(PendingAuthentication pending)
    {
        if (pending.Problem != NoCapacity) NoteOnPage(pending, "signin.refused", NoCapacity, NoCapacity, "no capacity that the application takes", SignInStep.Persona);
    }

    /// <summary>The application is told; whatever page comes now is its own. The caller saves.</summary>
    public void NoteRefused(PendingAuthentication pending, LoginStep why) => Keep(pending, FailureEnding.Refused, why.ToString(), pending.Connector, reference: null);

    /// <summary>
    /// Somebody has come to a sign-in with another browser than it was begun in. The record takes the steps up to there; the sign-in itself
    /// is not touched, for its own browser may go on. Null when nobody knows such a sign-in. Commits.
    /// </summary>
    public async Task<Reference?> NoteWrongBrowserAsync(SeenElsewhere seen, CancellationToken ct)
    {
        const string problem = nameof(ProblemKind.WrongBrowser);
        var now = clock.GetUtcNow();
        var since = now - SameLook;
        // A page that is loaded again is the same failure: nobody fills the record by reloading.
        if (await db.FailureRecords.AsNoTracking().Where(f => f.At > since && f.StartedAt == seen.StartedAt && f.ClientId == seen.ClientId && f.Problem == problem)
            .Select(f => new { f.Reference, f.At }).FirstOrDefaultAsync(ct) is { Reference: { } code } known) return new(code, known.At);
        var reference = parked.NewReference();
        db.FailureRecords.Add(new()
        {
            Reference = reference.Code, Ending = FailureEnding.Problem, Problem = problem, ClientId = seen.ClientId, Connector = seen.Connector, StartedAt = seen.StartedAt, At = now,
            Steps = SignInSteps.Add(seen.Steps, seen.IsAway ? SignInStep.Back : SignInStep.Chosen, now - seen.StartedAt, problem),
        });
        trail.Add("signin.refused", problem, clientId: seen.ClientId, connector: seen.Connector, reference: reference.Code, detail: "another browser than it was begun in");
        meter.NotSignedIn(seen.Connector, ProblemKind.WrongBrowser);
        log.SignInProblem(problem, reference.Code, seen.Connector, "another browser than it was begun in");
        await db.SaveChangesAsync(ct);
        return reference;
    }

    /// <summary>The person went back to the application; no page showed a code. The caller saves.</summary>
    public void NoteAbandoned(PendingAuthentication pending)
    {
        Keep(pending, FailureEnding.Abandoned, pending.Problem, pending.Connector, reference: null);
        trail.Add("signin.abandoned", clientId: pending.ClientId);
    }

    /// <param name="shown">What the page finds in the parked request.</param>
    private void NoteOnPage(PendingAuthentication pending, string auditName, string shown, string problem, string detail, SignInStep at)
    {
        var reference = parked.Note(pending, shown, detail);
        pending.Reach(at, reference.At, problem);
        Keep(pending, FailureEnding.Problem, problem, pending.Connector, reference.Code);
        trail.Add(auditName, problem, clientId: pending.ClientId, connector: pending.Connector, reference: reference.Code, detail: detail);
        log.SignInProblem(problem, reference.Code, pending.Connector, detail);
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
