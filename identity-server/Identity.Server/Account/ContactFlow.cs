using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Server.Login;
using Identity.Server.Pages.Account;

namespace Identity.Server.Account;

/// <summary>What the contact page's forms ask for, and what to say when it does not go.</summary>
public sealed class ContactFlow(ContactBook book, AttemptLimit attempts, PageLanguage language)
{
    private const int CodeLength = 6;

    public async Task<ContactFault?> SendAsync(Session session, string typed)
    {
        var address = typed.Trim();
        if (!MailQueue.IsAddress(address)) return ContactFault.Address;
        if (!await attempts.MayMailAsync(session.PersonId, address, CancellationToken.None)) return ContactFault.Many;
        await book.BeginAsync(session, address, language.Current, CancellationToken.None);
        return null;
    }

    public async Task<ContactFault?> SendAgainAsync(Session session) =>
        await book.WaitingAsync(session, CancellationToken.None) is { } address ? await SendAsync(session, address) : ContactFault.Old;

    public async Task<ContactFault?> ProveAsync(Session session, string typed)
    {
        // People write what they hear: "482 915".
        var code = new string([.. typed.Where(char.IsAsciiDigit)]);
        if (code.Length != CodeLength) return ContactFault.Wrong;
        return await book.ProveAsync(session, code, CancellationToken.None) switch
        {
            ContactVerdict.Proved => null,
            ContactVerdict.Wrong => ContactFault.Wrong,
            _ => ContactFault.Old,
        };
    }

    public Task<bool> RemoveAsync(Session session) => book.RemoveAsync(session, CancellationToken.None);

    /// <summary>This browser follows at once, others at their next sign-in.</summary>
    public async Task ChooseLanguageAsync(HttpContext http, Session session, string chosen)
    {
        var known = TextCatalog.Languages.Contains(chosen) ? chosen : null;
        await book.ChooseLanguageAsync(session, known, CancellationToken.None);
        LanguageMemory.Keep(http, known);
    }
}
