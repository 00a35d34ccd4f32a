using Identity.Domain.Assurance;
using Identity.Domain.Factors;

namespace Identity.Server.Login.Factors;

/// <summary>How a session can reach what is asked of it, by what the person has of their own. A pure function, like the journey that asks it.</summary>
/// <param name="Methods">Each of them is enough by itself, with what was proved already and still counts; best first.</param>
/// <param name="Enrollable">What would be enough if the person had it; empty for whoever has a second factor already.</param>
public sealed record StepUpPlan(MissingAssurance Missing, IReadOnlyList<OwnMethod> Methods, IReadOnlyList<OwnMethod> Enrollable)
{
    private static readonly OwnMethod[] Offered = [OwnMethod.Passkey, OwnMethod.Totp];

    public static StepUpPlan For(AuthenticationContext context, AssuranceRequirement requirement, DateTimeOffset requestedAt, OwnMethods own)
    {
        var missing = AssurancePolicy.Missing(context, requirement, requestedAt);
        if ((missing & ~(MissingAssurance.Level | MissingAssurance.Freshness)) != 0) return new(missing, [], []);
        bool IsEnough(OwnMethod method) =>
            AssurancePolicy.Missing(AssurancePolicy.Add(context, OwnMethods.ProofOf(method, requestedAt)), requirement, requestedAt) == MissingAssurance.None;
        // A stranger who holds the first factor alone must not bring a second one for somebody who has their own (L6).
        var enrollable = own.HasSecondFactor || missing != MissingAssurance.Level ? [] : Offered.Where(IsEnough).ToList();
        return new(missing, missing == MissingAssurance.None ? [] : [.. own.All().Where(IsEnough)], enrollable);
    }
}
