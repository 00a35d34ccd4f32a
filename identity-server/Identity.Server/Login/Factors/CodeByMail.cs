using Identity.Domain.Factors;
using Identity.Domain.Sessions;
using Identity.Server.Account;

namespace Identity.Server.Login.Factors;

/// <summary>The mail with the code: sent by a button, never by opening a page, and not to whom it would not help.</summary>
public sealed class CodeByMail(SecondFactorFacts facts, PersonFactors factors, MailedCodes codes, AttemptLimit attempts, PageLanguage language)
{
    public async Task<StepUpFault> SendAsync(PendingAuthentication pending, Session session, CancellationToken ct)
    {
        if (!(await facts.PlanAsync(pending, session, ct)).Methods.Contains(OwnMethod.MailedCode)) return StepUpFault.Ended;
        if (await factors.MailableAddressAsync(session, ct) is not { } address) return StepUpFault.Ended;
        if (!await attempts.MayMailAsync(session.PersonId, address, ct)) return StepUpFault.ManyMails;
        language.Suggest(pending.Language);
        await codes.SendAsync(pending, session, address, language.Current, ct);
        return StepUpFault.None;
    }

    /// <summary>For the page: where to, masked, and the code that waits, if one does.</summary>
    public async Task<(string? Address, MailedCode? Waiting)> ShowAsync(PendingAuthentication pending, Session session, CancellationToken ct) =>
        (MaskedAddress.Of(await factors.MailableAddressAsync(session, ct)), await codes.WaitingAsync(pending.Id, session.PersonId, ct));
}
