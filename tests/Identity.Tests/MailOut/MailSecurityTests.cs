using System.Net;
using System.Net.Security;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Identity.Server.MailOut;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Identity.Tests.MailOut;

/// <summary>What must not get into a mail, out of one, or through an open line.</summary>
public sealed class MailSecurityTests
{
    private static readonly MailTemplate Notice = NoticeBoard.LetterOf(NoticeKind.MethodAdded);

    [Theory]
    [InlineData("Điện thoại\r\nBcc: khac@mau.example")]
    [InlineData("Điện thoại\nBcc: khac@mau.example\n\nMã khác")]
    [InlineData("Điện thoại\u2028Bcc: khac@mau.example\u010A\u0085")]
    [InlineData("\u001B[2J\u202Elạ")]
    [InlineData("<script>alert(1)</script><a href=\"https://la.example\">")]
    public async Task M8_What_somebody_typed_stays_one_line_of_text(string name)
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        await mailing.WhenAsync(await mailing.OweAsync(Notice, "an@mau.example", "vi", ("method", name)), m => m.State == MailState.Sent);
        var received = mailing.Relay.Received.Single();
        Assert.Equal(["an@mau.example"], received.Recipients);
        Assert.DoesNotContain("Bcc", received.HeaderNames, StringComparer.OrdinalIgnoreCase);
        Assert.Single(received.Text.Split('\n'), line => line.StartsWith("Tên: ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u202E', received.Text);
        Assert.DoesNotContain("<script", received.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a ", received.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("an@mau.example\r\nRCPT TO:<khac@mau.example>")]
    [InlineData("an@mau.example, khac@mau.example")]
    [InlineData("\"an\"@mau.example")]
    [InlineData("An <an@mau.example>")]
    [InlineData("an@mau@khac.example")]
    [InlineData("an@localhost")]
    [InlineData("ẩn@mau.example")]
    [InlineData("")]
    public void M8_Only_one_plain_mailbox_is_an_address(string text) => Assert.False(MailQueue.IsAddress(text));

    [Theory, InlineData("an@mau.example"), InlineData("an.nguyen+tinh@thu.mau.example"), InlineData("o'hara_1@mau.example")]
    public void Ordinary_addresses_are_addresses(string text) => Assert.True(MailQueue.IsAddress(text));

    [Fact]
    public async Task A_recipient_that_is_no_address_reaches_no_relay()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        var mail = await mailing.WhenAsync(await mailing.OweAsync(Notice, "an@mau.example\r\nRCPT TO:<khac@mau.example>"), m => m.State != MailState.Pending);
        Assert.Equal((MailState.Failed, "no address"), (mail.State, mail.LastResult));
        Assert.Empty(mailing.Relay.Commands);
    }

    [Fact]
    public async Task A_relay_without_starttls_is_told_nothing()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:StartTls", "true"));
        var mail = await mailing.WhenAsync(await mailing.OweAsync(Notice, "an@mau.example"), m => m.LastResult is not null);
        Assert.Equal((MailState.Pending, "connection"), (mail.State, mail.LastResult));
        Assert.DoesNotContain("MAIL", mailing.Relay.Commands);
    }

    [Fact]
    public async Task A_relay_whose_certificate_nobody_vouches_for_is_told_nothing()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:StartTls", "true"));
        mailing.Relay.Certificate = MailServer.SelfSigned();
        var mail = await mailing.WhenAsync(await mailing.OweAsync(Notice, "an@mau.example"), m => m.LastResult is not null);
        Assert.Equal((MailState.Pending, "connection: AuthenticationException"), (mail.State, mail.LastResult));
        Assert.DoesNotContain("MAIL", mailing.Relay.Commands);
    }

    [Fact]
    public async Task Password_and_mail_go_through_starttls()
    {
        var password = Path.GetTempFileName();
        await File.WriteAllTextAsync(password, "a relay password\n");
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:StartTls", "true"), ("Mail:UserName", "relay-user"), ("Mail:PasswordFile", password));
        var certificate = mailing.Relay.Certificate = MailServer.SelfSigned();
        mailing.Relay.Answers["AUTH"] = "235 welcome";
        // The library asks this process-wide question and no other; for every other certificate the answer stays no.
#pragma warning disable SYSLIB0014
        ServicePointManager.ServerCertificateValidationCallback += (_, shown, _, errors) => errors == SslPolicyErrors.None || shown?.GetCertHashString() == certificate.GetCertHashString();
#pragma warning restore SYSLIB0014
        await mailing.WhenAsync(await mailing.OweAsync(Notice, "an@mau.example"), m => m.State == MailState.Sent);
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"], mailing.Relay.Commands.Where(c => c != "QUIT"));
        Assert.DoesNotContain(mailing.Provider.Log.Lines, line => line.Contains("a relay password", StringComparison.Ordinal));
        File.Delete(password);
    }

    [Theory]
    [InlineData("Mail:From", "An <an@mau.example>", "Mail:From: write the sender's address")]
    [InlineData("Mail:StartTls", "false", "Mail:StartTls: mail leaves this machine encrypted")]
    [InlineData("Mail:UserName", "relay-user", "Mail:PasswordFile: write the path")]
    [InlineData("Mail:Timeout", "00:10:00", "Mail:Timeout")]
    [InlineData("Mail:Hots", "relay.example", "Mail:Hots: there is no such setting")]
    public async Task Wrong_settings_are_named_at_the_start(string key, string value, string sentence)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Mail:Host"] = "relay.example", ["Mail:From"] = "dangnhap@anbinh.example", [key] = value })));
        Assert.Contains(sentence, string.Join('\n', refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_rest_neither_address_nor_code_can_be_read()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        var mail = await mailing.FindAsync(await mailing.OweAsync(MailTemplate.ContactCode, "an@mau.example", "vi", ("code", "482915")));
        var row = System.Text.Json.JsonSerializer.Serialize(mail);
        Assert.DoesNotContain("mau.example", row, StringComparison.Ordinal);
        Assert.DoesNotContain("482915", row, StringComparison.Ordinal);
        var queue = mailing.Provider.Services.CreateScope().ServiceProvider.GetRequiredService<MailQueue>();
        Assert.Equal("an@mau.example", queue.Open(mail).Recipient);
    }
}
