using Identity.Domain.Assurance;
using Identity.Domain.Audit;
using Identity.Domain.Factors;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;

namespace Identity.Server.Login.Factors;

/// <summary>A further proof inside a session that goes on. Counted before it is checked, used once, and its use and the stronger session are one transaction.</summary>
public sealed class StepUp(IdentityDb db, SessionStore sessions, AttemptLimit attempts, AuditTrail trail, BrowserCookies cookies, TimeProvider clock)
{
    /// <summary>For what was proved elsewhere: a passkey's answer, or the factor that has just been set up. False when the session has ended meanwhile.</summary>
    public async Task<bool> StrengthenAsync(HttpContext http, Session session, OwnMethod method)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var secret = await AddAsync(session, method, http.RequestAborted);
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        if (secret is { } renewed) cookies.WriteSession(http, renewed);
        return secret is not null;
    }

    /// <summary>For a code that was typed; <paramref name="use"/> uses it up, in the transaction of the stronger session.</summary>
    /// <param name="code">Null when it has not the shape of one.</param>
    public async Task<StepUpOutcome> TryAsync(HttpContext http, Session session, OwnMethod method, string? code, Func<string, Task<StepUpFault>> use)
    {
        var ct = http.RequestAborted;
        if (string.IsNullOrWhiteSpace(code)) return new(StepUpFault.Shape);
        var attempt = await attempts.CountFactorAsync(session.PersonId, ct);
        if (attempt.PausedUntil is { } until) return new(StepUpFault.Paused, PausedUntil: until);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var fault = await use(code);
        if (fault != StepUpFault.None)
        {
            trail.Add("factor.refused", $"{method}{fault}", session.PersonId, sessionId: session.Id);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(fault, attempt.Left);
        }
        // Ended meanwhile: nothing is committed, and the code is still good.
        if (await AddAsync(session, method, ct) is not { } secret) return new(StepUpFault.Ended);
        await attempts.ForgiveFactorAsync(session.PersonId, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cookies.WriteSession(http, secret);
        return new(StepUpFault.None);
    }

    private async Task<BearerSecret?> AddAsync(Session session, OwnMethod method, CancellationToken ct)
    {
        var secret = BearerSecret.New();
        var stronger = AssurancePolicy.Add(session.Context(), OwnMethods.ProofOf(method, clock.GetUtcNow()));
        return await sessions.StrengthenAsync(session, stronger, secret, ct) ? secret : null;
    }
}

/// <param name="Left">Attempts that are left before a pause.</param>
public sealed record StepUpOutcome(StepUpFault Fault, int Left = 0, DateTimeOffset? PausedUntil = null);

public enum StepUpFault
{
    None,

    /// <summary>Nothing, or nothing of the shape that the page asks for; not counted.</summary>
    Shape,
    Wrong,
    UsedBefore,

    /// <summary>A mailed code: its time is over, it was tried too often, or a newer one was sent.</summary>
    TooOld,

    /// <summary>So many codes were mailed that the next has to wait.</summary>
    ManyMails,
    Paused,

    /// <summary>The session is over, or another tab has changed it.</summary>
    Ended,
}
