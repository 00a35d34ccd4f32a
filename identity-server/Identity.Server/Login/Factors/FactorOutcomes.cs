using System.Globalization;
using Identity.Domain.Failures;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;

namespace Identity.Server.Login.Factors;

/// <summary>What a code of the second step leaves in the parked request: words for its page, and a step for whoever is asked why it did not go on.</summary>
public sealed class FactorOutcomes(IdentityDb db, LoginProblems problems, TimeProvider clock)
{
    /// <summary>Address of the next page.</summary>
    /// <param name="way">The page that asked.</param>
    public async Task<string> LeadOnAsync(PendingAuthentication pending, StepUpOutcome outcome, string way, CancellationToken ct)
    {
        var isDone = outcome.Fault is StepUpFault.None or StepUpFault.Ended;
        if (outcome.PausedUntil is { } until) problems.NoteFactorPaused(pending, until);
        else
        {
            pending.Problem = isDone ? null : $"StepUp{outcome.Fault}";
            pending.ProblemDetail = outcome.Left.ToString(CultureInfo.InvariantCulture);
            // What was not even of the shape was no try.
            if (outcome.Fault != StepUpFault.Shape) pending.Reach(SignInStep.Factor, clock.GetUtcNow(), isDone ? SignInSteps.Ok : $"{way}_{outcome.Fault}");
        }
        await db.SaveChangesAsync(ct);
        return isDone ? ParkedRequests.ResumeAddress(pending) : LoginAddress.StepUp(pending.Id, way);
    }
}
