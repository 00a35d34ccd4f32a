using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Server.Login.Factors;

namespace Identity.Server.Login;

/// <summary>The next page as a pure function of what is needed, who is there and how far this request has come. Every page posts, then asks here.</summary>
public static class LoginJourney
{
    /// <param name="own">What the person has beyond the door they came through; asked only when something is missing.</param>
    public static LoginStep NextStep(LoginRequirements needs, Session? session, PendingAuthentication? pending, bool releaseIsSettled, OwnMethods own)
    {
        if (session is null) return LoginStep.SignIn;
        var startedHere = pending?.SessionId == session.Id;
        if (!needs.Client.AllowsConnector(session.Connector)) return startedHere ? LoginStep.CannotSatisfy : LoginStep.SignIn;
        if (needs.ForceLogin && !startedHere) return LoginStep.SignIn;
        if (needs.RequiredPerson is { } person && person != session.PersonId) return startedHere ? LoginStep.OtherPerson : LoginStep.SignIn;
        // The page that asks in which capacity offers another account as well; one question is enough.
        var asksCapacity = needs.Capacity is { HasSeveral: true };
        if (needs.SelectAccount && !startedHere && !asksCapacity && pending?.AccountConfirmed != true) return LoginStep.SelectAccount;

        var missing = AssurancePolicy.Missing(session.Context(), needs.Effective, needs.RequestedAt);
        // Proofing first: no further method makes up for it, so nobody should be asked for one in vain.
        if (missing.HasFlag(MissingAssurance.Proofing)) return startedHere ? LoginStep.ProofingTooLow : LoginStep.SignIn;
        if (missing != MissingAssurance.None) return Fill(needs, session, startedHere, own);
        if (needs.Capacity?.Settled is not { } capacity) return LoginStep.ActingFor;
        if (needs.RequiredParty is { } party && party != capacity.Party.Id) return LoginStep.OtherParty;
        if (needs.Client.DataRelease != DataRelease.None && !needs.Release.IsEmpty && !releaseIsSettled) return LoginStep.Release;
        return LoginStep.Answer;
    }

    /// <summary>
    /// Something of the person's own that is enough; else a sign-in, once, through a way that may prove it; else the set-up of what is
    /// missing; and when even that could not help, the application is told.
    /// </summary>
    private static LoginStep Fill(LoginRequirements needs, Session session, bool startedHere, OwnMethods own)
    {
        var plan = StepUpPlan.For(session.Context(), needs.Effective, needs.RequestedAt, own);
        if (plan.Methods.Count > 0) return LoginStep.StepUp;
        if (!startedHere) return LoginStep.SignIn;
        return plan.Enrollable.Count > 0 ? LoginStep.Enrol : LoginStep.CannotSatisfy;
    }
}

public enum LoginStep
{
    /// <summary>Nothing left to ask: answer the application.</summary>
    Answer,
    SignIn,
    SelectAccount,

    /// <summary>The person has to say for whom they act, or to learn why they cannot.</summary>
    ActingFor,
    Release,

    /// <summary>In this session, with a method of the person's own: only what is missing.</summary>
    StepUp,

    /// <summary>A second factor is needed and the person has none: a guided set-up.</summary>
    Enrol,

    /// <summary>The person just signed in and the request insisted on somebody else.</summary>
    OtherPerson,

    /// <summary>The person chose to act for somebody else than the request insisted on.</summary>
    OtherParty,

    /// <summary>The person just signed in and is not proofed well enough for this application.</summary>
    ProofingTooLow,

    /// <summary>The person just signed in and what was asked for is still not reached.</summary>
    CannotSatisfy,
}
