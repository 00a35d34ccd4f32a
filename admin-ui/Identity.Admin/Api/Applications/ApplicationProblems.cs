using Identity.Domain.Applications;

namespace Identity.Admin.Api;

/// <summary>What the rules of applications refuse, as problems.</summary>
internal static class ApplicationProblems
{
    /// <summary>204 when it was done.</summary>
    public static IResult AnswerTo(ApplicationOutcome outcome) => Of(outcome) is { } problem ? problem.ToResult() : Results.NoContent();

    /// <param name="current">The version that stands, where the request named one.</param>
    /// <returns>Null when it was done.</returns>
    public static ApiProblem? Of(ApplicationOutcome outcome, int? current = null) => outcome switch
    {
        ApplicationOutcome.Refused refused => Of(refused.Why, current),
        ApplicationOutcome.Unsound unsound => ApiProblem.Invalid(unsound.Errors),
        _ => null,
    };

    private static ApiProblem Of(ApplicationRefusal why, int? current) => why switch
    {
        ApplicationRefusal.NotThere or ApplicationRefusal.NoSuchMember or ApplicationRefusal.NoSuchSecret => ApiProblem.NotFound,
        ApplicationRefusal.NotAllowed or ApplicationRefusal.UnitIsNotYours => ApiProblem.NotTheirs(why),
        ApplicationRefusal.ChangedMeanwhile when current is { } version => ApiProblem.Stale(version),
        ApplicationRefusal.ChangedMeanwhile or ApplicationRefusal.IsMemberAlready or ApplicationRefusal.OwnersWouldBeFew or ApplicationRefusal.TwoSecretsAlready or ApplicationRefusal.LastSecret
            or ApplicationRefusal.UsedLately or ApplicationRefusal.WrongMethod or ApplicationRefusal.ChecklistIsOpen or ApplicationRefusal.RequestIsOpenAlready or ApplicationRefusal.NoOpenRequest
            or ApplicationRefusal.NoSandboxConnector or ApplicationRefusal.NothingToChange or ApplicationRefusal.IsNotWhatWasRead or ApplicationRefusal.ProductionChangedMeanwhile
            or ApplicationRefusal.KeyIsShared => ApiProblem.Clashes(why),
        _ => ApiProblem.BreaksRule(why),
    };
}
