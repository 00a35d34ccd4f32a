using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Domain.Mail;
using Identity.Domain.Storage;
using Identity.Server.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.MailOut;

/// <summary>Carries one claimed mail and writes down what became of it. Neither log nor trail nor metric learns to whom.</summary>
public sealed class MailCourier(IServiceScopeFactory scopes, LetterWriter writer, SmtpRelay relay, ServerMeter meter, TimeProvider clock, ILogger<MailCourier> log)
{
    /// <summary>After the first attempt; a day in all. A letter's own end comes first where it is earlier.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(15),
    ];

    /// <summary>Never throws: a receipt that could not be written only means that the mail is sent again.</summary>
    public async Task DeliverAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "node";
            if (await db.OutgoingMails.SingleOrDefaultAsync(m => m.Id == id && m.State == MailState.Pending, ct) is not { } mail) return;
            Record(mail, await TrySendAsync(mail, scope.ServiceProvider.GetRequiredService<MailQueue>(), ct));
            if (mail.SettledAt is not null) scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(NameOf(mail.State), mail.LastResult, detail: $"{mail.Template}, attempt {mail.Attempts}");
            await db.SaveChangesAsync(CancellationToken.None);
            meter.Mail(OutcomeOf(mail.State));
            log.MailDelivered(mail.Id, mail.Template, mail.LastResult!, mail.Attempts, mail.State);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.MailNotRecorded(id, e);
        }
    }

    private async Task<MailVerdict> TrySendAsync(OutgoingMail mail, MailQueue queue, CancellationToken ct)
    {
        if (mail.ExpiresAt <= clock.GetUtcNow()) return new(MailState.Expired, mail.LastResult ?? "not sent in time");
        try
        {
            var (recipient, values) = queue.Open(mail);
            return writer.Write(mail, values) is { } letter
                ? await relay.SendAsync(mail.Id, recipient, letter, ct)
                : new(MailState.Pending, "unknown template");
        }
        catch (CryptographicException)
        {
            return new(MailState.Failed, "cannot be opened");
        }
    }

    private void Record(OutgoingMail mail, MailVerdict verdict)
    {
        var now = clock.GetUtcNow();
        var usedUp = verdict.State == MailState.Pending && mail.Attempts > Pauses.Length;
        (mail.State, mail.LastResult) = (usedUp ? MailState.Failed : verdict.State, verdict.Result);
        if (mail.State == MailState.Pending)
        {
            // Up to a fifth less: what failed together must not come back together. Never beyond its end, which is to be written down as well.
            var next = now + Pauses[Math.Max(mail.Attempts, 1) - 1] * (1 - Random.Shared.NextDouble() / 5);
            mail.NextAttemptAt = next < mail.ExpiresAt ? next : mail.ExpiresAt;
            return;
        }
        // Nobody needs to know any more to whom, or what the code was.
        (mail.SettledAt, mail.SealedRecipient, mail.SealedValues) = (now, "", "");
    }

    private static string NameOf(MailState state) => $"mail.{OutcomeOf(state)}";

    private static string OutcomeOf(MailState state) => state switch
    {
        MailState.Sent => "sent",
        MailState.Failed => "failed",
        MailState.Expired => "expired",
        _ => "retried",
    };
}
