using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Identity.Domain.Mail;
using Identity.Server.Pages;
using Microsoft.Extensions.Options;

namespace Identity.Server.MailOut;

/// <summary>Hands one letter to the relay. What comes back is a state and a word: the relay's own sentence may quote the address.</summary>
public sealed class SmtpRelay(IOptions<MailOptions> options, IOptions<ProvinceOptions> province, TextCatalog texts)
{
    public async Task<MailVerdict> SendAsync(Guid id, string recipient, Letter letter, CancellationToken ct)
    {
        if (!MailQueue.IsAddress(recipient)) return new(MailState.Failed, "no address");
        using var message = Compose(id, recipient, letter);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.Timeout);
        try
        {
            using var client = Connect();
            // The library gives up a connection attempt only when the system does; nobody waits for that.
            await client.SendMailAsync(message, patience.Token).WaitAsync(patience.Token);
            return new(MailState.Sent, "smtp 250");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(MailState.Pending, "timeout");
        }
        catch (SmtpException refused)
        {
            return Judge(refused);
        }
        catch (IOException)
        {
            return new(MailState.Pending, "password file");
        }
    }

    private SmtpClient Connect()
    {
        var settings = options.Value;
        var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.UsesStartTls, UseDefaultCredentials = false };
        if (settings.UserName.Length > 0) client.Credentials = new NetworkCredential(settings.UserName, File.ReadAllText(settings.PasswordFile).Trim());
        return client;
    }

    private MailMessage Compose(Guid id, string recipient, Letter letter)
    {
        var language = letter.Sections[0].Language;
        var settings = options.Value;
        var message = new MailMessage(new MailAddress(settings.From, SenderIn(language), Encoding.UTF8), new MailAddress(recipient))
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        // The same at every attempt: a relay that took it before we heard so can drop the second one.
        message.Headers.Add("Message-ID", $"<{id:N}@{settings.From[(settings.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        // RFC 3834 §5: no out-of-office may answer.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", string.Join(", ", letter.Sections.Select(s => s.Language)));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Text(), Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html(), Encoding.UTF8, MediaTypeNames.Text.Html));
        return message;
    }

    private string SenderIn(string language)
    {
        var chosen = language == "en" ? options.Value.FromNameEn : options.Value.FromNameVi;
        return chosen.Length > 0 ? chosen : texts.In(language)["app.name"].Replace("{province}", province.Value.Name(language), StringComparison.Ordinal);
    }

    /// <summary>RFC 5321 §4.2.1: 4xx may work later, 5xx never will. Except when it is about us, not about the mail: then an operator puts it right.</summary>
    private static MailVerdict Judge(SmtpException refused) => (int)refused.StatusCode switch
    {
        530 or 534 or 535 or 538 => new(MailState.Pending, $"smtp {(int)refused.StatusCode}"),
        >= 500 and < 600 and var code => new(MailState.Failed, $"smtp {code}"),
        >= 400 and < 500 and var code => new(MailState.Pending, $"smtp {code}"),
        _ => new(MailState.Pending, refused.InnerException is { } inner ? $"connection: {inner.GetType().Name}" : "connection"),
    };
}

/// <param name="State"><see cref="MailState.Pending"/> asks for another attempt.</param>
public sealed record MailVerdict(MailState State, string Result);
