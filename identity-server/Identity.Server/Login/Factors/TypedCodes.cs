using Identity.Domain.Factors;
using Identity.Domain.Sessions;

namespace Identity.Server.Login.Factors;

/// <summary>The codes that people type: from an app, from paper, from a mail. Each is read by its own shape and used by its own rule.</summary>
public sealed class TypedCodes(StepUp stepUp, TotpApps apps, RecoveryCodes papers, MailedCodes mailed, SecondFactorFacts facts)
{
    public Task<StepUpOutcome> FromAppAsync(HttpContext http, Session session, string typed) =>
        stepUp.TryAsync(http, session, OwnMethod.Totp, Totp.Read(typed), async code =>
            await apps.UseAsync(session.PersonId, code, http.RequestAborted) ? StepUpFault.None : StepUpFault.Wrong);

    public Task<StepUpOutcome> FromPaperAsync(HttpContext http, Session session, string typed) =>
        stepUp.TryAsync(http, session, OwnMethod.RecoveryCode, typed, async code => await papers.UseAsync(session.PersonId, code, http.RequestAborted) switch
        {
            RecoveryCodeUse.Used => StepUpFault.None,
            RecoveryCodeUse.UsedBefore => StepUpFault.UsedBefore,
            _ => StepUpFault.Wrong,
        });

    /// <summary>Judged anew whether a code by mail is enough here: the person may have got something of their own since it was sent.</summary>
    public async Task<StepUpOutcome> FromMailAsync(HttpContext http, PendingAuthentication pending, Session session, string typed)
    {
        if (!(await facts.PlanAsync(pending, session, http.RequestAborted)).Methods.Contains(OwnMethod.MailedCode)) return new(StepUpFault.Ended);
        return await stepUp.TryAsync(http, session, OwnMethod.MailedCode, Totp.Read(typed), async code => await mailed.UseAsync(pending.Id, session.PersonId, code, http.RequestAborted) switch
        {
            MailedCodeUse.Used => StepUpFault.None,
            MailedCodeUse.TooOld => StepUpFault.TooOld,
            _ => StepUpFault.Wrong,
        });
    }
}
